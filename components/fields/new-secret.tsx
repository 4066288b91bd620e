'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Credential } from '@/lib/plane/credentials/credential';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { useFields } from './fields-context';
import { SecretRefField } from './secret-ref-field';
import { TakenSecret } from './taken-secret';

interface NewSecretProps {
  readonly slot: CredentialSlot;
  readonly credential: Credential;
  readonly onChange: (part: Partial<Credential>) => void;
  readonly onLeave: (path: JsonPath) => void;
}

/** The proposed place of a new Secret, in one line that expands into its fields. */
export function NewSecret({ slot, credential, onChange, onLeave }: NewSecretProps) {
  const { problemsAt, draft, namespace, registration, inspections, kind, onCredentialChange } = useFields();
  const [isOpen, setOpen] = useState(false);
  const parts = ['namespace', 'name', 'key'] as const;
  const isWrong = parts.some((part) =>
    problemsAt(['credentials', slot.id, part]).some((problem) => problem.severity === 'error'),
  );
  const place = [credential.namespace || namespace, credential.name].filter(Boolean).join('/');
  const field = { slot, credential, onChange, onLeave };
  return (
    <>
      <TakenSecret
        slot={slot}
        credential={credential}
        credentials={draft.credentials}
        namespace={namespace}
        registration={registration}
        entered={inspections.answers[slot.id]}
        onCredentialChange={onCredentialChange}
      />
      <details
        open={isOpen || isWrong}
        onToggle={(event) => setOpen(event.currentTarget.open)}
        className="group mt-2 rounded-md border border-line"
      >
        <summary className="flex min-h-8 list-none items-center gap-1.5 px-2.5 py-1 text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
          <ChevronRight size={14} aria-hidden="true" className="shrink-0 group-open:rotate-90" />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            Stored in:{' '}
            {credential.name === '' ? (
              'a Secret named after the plane'
            ) : (
              <>
                Secret <span className="text-ink">{place}</span>, key{' '}
                <span className="text-ink">{credential.key}</span>
              </>
            )}
          </span>
        </summary>
        <div className="grid gap-3 border-line border-t p-2.5 sm:grid-cols-3">
          <SecretRefField
            {...field}
            part="namespace"
            label="Namespace"
            optional={kind.entry.scope === 'Namespaced'}
          />
          <SecretRefField {...field} part="name" label="Secret" />
          <SecretRefField {...field} part="key" label="Key" />
        </div>
      </details>
    </>
  );
}
