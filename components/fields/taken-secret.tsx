'use client';

import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { InspectionAnswer } from '@/lib/api/credentials';
import type { RegistrationSecrets } from '@/lib/api/registration';
import { secretsQuery } from '@/lib/client/api/queries';
import type { Credential } from '@/lib/plane/credentials/credential';
import { type CredentialSlot, isCertificatePurpose } from '@/lib/plane/credentials/credential-slot';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import { nextFreeName } from '@/lib/plane/registration/proposed-names';
import { differenceText, secretUsageText } from './taken-secret-text';
import { useCertificateInspection } from './use-certificate-inspection';

interface TakenSecretProps {
  readonly slot: CredentialSlot;
  readonly credential: Credential;
  /** All credentials of the draft, by slot id: those in the same new Secret change together. */
  readonly credentials: Readonly<Record<string, Credential>>;
  /** The plane's namespace. */
  readonly namespace: string;
  /** The draft's id. */
  readonly registration: string | undefined;
  /** The inspection of the entered certificate; undefined: nothing was entered, or it isn't inspected yet. */
  readonly entered: InspectionAnswer | undefined;
  /**
   * The API server reported that the Secret exists, so the notice is shown even if the caller may not list Secrets.
   */
  readonly isCertain?: boolean;
  readonly onCredentialChange: (slotId: string, credential: Credential) => void;
}

/**
 * Warns that the name of a new Secret is taken, and offers a free name or the existing Secret, which is never
 * overwritten. Shows nothing if the name is free.
 */
export function TakenSecret(props: TakenSecretProps) {
  const { credential, namespace, registration, isCertain = false } = props;
  const name = { namespace: credential.namespace || namespace, name: credential.name };
  const taken = useTakenSecret(name, registration, isCertain);
  return taken === null ? null : <Note {...props} namespace={name.namespace} taken={taken} />;
}

function Note({
  taken: { usage, freeName },
  slot: { purpose },
  credential,
  credentials,
  namespace,
  entered,
  onCredentialChange,
}: TakenSecretProps & { readonly taken: Taken }) {
  const { name, key } = credential;
  const stored = useCertificateInspection(
    isCertificatePurpose(purpose) ? { purpose, certificate: { secret: { namespace, name, key } } } : null,
  );
  const difference = stored?.state === 'read' && entered ? differenceText(entered, stored.answer, key) : null;
  const change = (part: Partial<Credential>) => {
    for (const [id, other] of inSameNewSecret(credentials, credential))
      onCredentialChange(id, { ...other, ...part });
  };
  return (
    <div
      role="status"
      className="mt-2 flex items-start gap-2 rounded-lg border border-degraded/35 bg-warning-soft px-3 py-2.5"
    >
      <TriangleAlert size={14} role="img" aria-label="Warning:" className="mt-0.5 shrink-0 text-degraded" />
      <div className="min-w-0 text-pretty [overflow-wrap:anywhere]">
        <p>
          The Secret <code className="font-mono text-xs">{`${namespace}/${name}`}</code> already exists.
          Planeboard never overwrites it. {secretUsageText(usage)} {difference}
        </p>
        <p className="mt-1 text-muted">
          If you use the existing Secret, it isn't changed and your input isn't stored.
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button variant="outline" onClick={() => change({ name: freeName })}>
            Store as {freeName}
          </Button>
          <Button variant="outline" onClick={() => change({ source: 'existing-secret' })}>
            Use existing Secret
          </Button>
        </div>
      </div>
    </div>
  );
}

/** The credentials that go into the same new Secret as this one, itself included. */
function inSameNewSecret(
  credentials: Readonly<Record<string, Credential>>,
  { namespace, name }: Credential,
): [slotId: string, credential: Credential][] {
  return Object.entries(credentials).filter(
    ([, other]) => other.source === 'new-secret' && other.name === name && other.namespace === namespace,
  );
}

interface Taken {
  /** What the existing Secret is used for; null: not known, or not read yet. */
  readonly usage: NonNullable<RegistrationSecrets['secrets'][number]['usage']> | null;
  /** A name that none of the Secrets has that the caller may list. */
  readonly freeName: string;
}

/**
 * Null if the name is free, if that isn't known, or if an earlier attempt of this registration created the Secret.
 */
function useTakenSecret(
  { namespace, name }: { readonly namespace: string; readonly name: string },
  registration: string | undefined,
  isCertain: boolean,
): Taken | null {
  const canRead = registration !== undefined && isKubernetesName(namespace) && isKubernetesName(name);
  const names = useQuery({ ...secretsQuery(namespace, null), enabled: canRead });
  const listed = names.data?.secrets.map((secret) => secret.name) ?? [];
  const exists = isCertain || listed.includes(name);
  const secret = useQuery({ ...secretsQuery(namespace, name), enabled: canRead && exists });
  // Until its usage is read, this draft may turn out to have created the Secret.
  if (!canRead || !exists || (secret.isPending && !isCertain)) return null;
  const usage = secret.data?.secrets.find((item) => item.name === name)?.usage ?? null;
  if (usage?.registration === registration) return null;
  return { usage, freeName: nextFreeName(name, listed) };
}
