'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Credential } from '@/lib/plane/credentials/credential';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { useFields } from './fields-context';
import { SecretText } from './secret-text';
import { inSameNewSecret } from './shared-secret';
import { TakenSecretNote } from './taken-secret';
import { useTakenSecret } from './use-taken-secret';

interface SecretPlaceProps {
  readonly slot: CredentialSlot;
  readonly credential: Credential;
  readonly onChange: (part: Partial<Credential>) => void;
  readonly onLeave: (path: JsonPath) => void;
}

/** Where a new Secret is put: proposed, in a line, and open to change. */
export function SecretPlace({ slot, credential, onChange, onLeave }: SecretPlaceProps) {
  const { problemsAt, namespace, kind } = useFields();
  const [isOpen, setOpen] = useState(false);
  const parts = ['namespace', 'name', 'key'] as const;
  const isWrong = parts.some((part) =>
    problemsAt(['credentials', slot.id, part]).some((problem) => problem.severity === 'error'),
  );
  const place = [credential.namespace || namespace, credential.name].filter(Boolean).join('/');
  const field = { slot, credential, onChange, onLeave };
  return (
    <>
      <Taken slot={slot} credential={credential} />
      <details
        open={isOpen || isWrong}
        onToggle={(event) => setOpen(event.currentTarget.open)}
        className="group mt-2 rounded-md border border-line"
      >
        <summary className="flex min-h-8 list-none items-center gap-1.5 px-2.5 py-1 text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
          <ChevronRight size={14} aria-hidden="true" className="shrink-0 group-open:rotate-90" />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            Where it is stored:{' '}
            {credential.name === '' ? (
              'named after the plane'
            ) : (
              <>
                Secret <span className="text-ink">{place}</span>, key{' '}
                <span className="text-ink">{credential.key}</span>
              </>
            )}
          </span>
        </summary>
        <div className="grid gap-3 border-line border-t p-2.5 sm:grid-cols-3">
          <SecretText
            {...field}
            part="namespace"
            label="Namespace"
            optional={kind.entry.scope === 'Namespaced'}
          />
          <SecretText {...field} part="name" label="Secret" />
          <SecretText {...field} part="key" label="Key" />
        </div>
      </details>
    </>
  );
}

/** A Secret that is there already is told here, where it is named, and not only by the API server in the end. */
function Taken({ slot, credential }: Pick<SecretPlaceProps, 'slot' | 'credential'>) {
  const { draft, namespace: own, registration, inspections, onCredentialChange } = useFields();
  const namespace = credential.namespace || own;
  const taken = useTakenSecret({ namespace, name: credential.name }, registration);
  if (taken === null) return null;
  const change = (part: Partial<Credential>) => {
    for (const [id, other] of inSameNewSecret(draft.credentials, credential))
      onCredentialChange(id, { ...other, ...part });
  };
  return (
    <TakenSecretNote
      taken={taken}
      namespace={namespace}
      credential={credential}
      purpose={slot.purpose}
      entered={inspections.answers[slot.id]}
      onRename={(name) => change({ name })}
      onUse={() => change({ source: 'existing-secret' })}
    />
  );
}
