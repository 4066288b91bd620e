'use client';

import { TriangleAlert } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { InspectionAnswer } from '@/lib/api/credentials';
import type { Credential } from '@/lib/plane/credentials/credential';
import { type CredentialPurpose, isCertificatePurpose } from '@/lib/plane/credentials/credential-slot';
import { differenceText, secretUsageText } from './taken-secret-text';
import { useInspection } from './use-inspection';
import type { TakenSecret } from './use-taken-secret';

/**
 * A Secret of the name that was to be new is there already: it is never overwritten. Whose it is and whether it holds
 * what was entered, before it is used or passed by.
 */
export function TakenSecretNote({
  taken: { usage, freeName },
  namespace,
  credential,
  purpose,
  entered,
  onRename,
  onUse,
}: {
  readonly taken: TakenSecret;
  readonly namespace: string;
  readonly credential: Credential;
  readonly purpose: CredentialPurpose;
  /** What was entered for it turned out to be; undefined: nothing was, or it has not been looked at. */
  readonly entered: InspectionAnswer | undefined;
  readonly onRename: (name: string) => void;
  readonly onUse: () => void;
}) {
  const { name, key } = credential;
  const secret = `${namespace}/${name}`;
  const stored = useInspection(
    isCertificatePurpose(purpose) ? { purpose, certificate: { secret: { namespace, name, key } } } : null,
  );
  const difference = stored?.state === 'read' && entered ? differenceText(entered, stored.answer, key) : null;
  return (
    <div
      role="status"
      className="mt-2 flex items-start gap-2 rounded-lg border border-degraded/35 bg-warning-soft px-3 py-2.5"
    >
      <TriangleAlert size={14} role="img" aria-label="Warning:" className="mt-0.5 shrink-0 text-degraded" />
      <div className="min-w-0 text-pretty [overflow-wrap:anywhere]">
        <p>
          The Secret <code className="font-mono text-xs">{secret}</code> exists already, and is never
          overwritten. {secretUsageText(usage)} {difference}
        </p>
        <p className="mt-1 text-muted">
          Used as it is, it is not changed, and what you entered for it is not written.
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button variant="outline" onClick={() => onRename(freeName)}>
            Store it as {freeName}
          </Button>
          <Button variant="outline" onClick={onUse}>
            Use the existing Secret
          </Button>
        </div>
      </div>
    </div>
  );
}
