'use client';

import { useQuery } from '@tanstack/react-query';
import { secretsQuery } from '@/lib/client/api/queries';
import type { Credential } from '@/lib/plane/credentials/credential';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import { useFields } from './fields-context';
import { SecretRefField } from './secret-ref-field';

/**
 * Names a key of an existing Secret. Suggests the Secrets that the caller may list; any other name can be typed,
 * since the Secret may be hidden from the caller or not exist yet.
 */
export function ExistingSecret({
  slot,
  credential,
  onChange,
  onLeave,
}: {
  readonly slot: CredentialSlot;
  readonly credential: Credential;
  readonly onChange: (part: Partial<Credential>) => void;
  readonly onLeave: (path: JsonPath) => void;
}) {
  const { namespace: own, kind } = useFields();
  const namespace = credential.namespace || own;
  const canRead = isKubernetesName(namespace);
  const names = useQuery({ ...secretsQuery(namespace, null), enabled: canRead });
  const isListed = names.data?.secrets.some((secret) => secret.name === credential.name) ?? false;
  const keys = useQuery({ ...secretsQuery(namespace, credential.name), enabled: canRead && isListed });
  const known = keys.data?.secrets.find((secret) => secret.name === credential.name)?.keys;
  const field = { slot, credential, onChange, onLeave };
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <SecretRefField
        {...field}
        part="namespace"
        label="Namespace"
        optional={kind.entry.scope === 'Namespaced'}
      />
      <SecretRefField
        {...field}
        part="name"
        label="Secret"
        known={names.data?.secrets.map((secret) => secret.name)}
      />
      <SecretRefField {...field} part="key" label="Key" known={known} />
      <p role="status" className="text-muted text-xs empty:hidden sm:col-span-3">
        {canRead ? listText(namespace, names) : null}
      </p>
    </div>
  );
}

function listText(
  namespace: string,
  { data, error }: { data?: { state: string; secrets: readonly unknown[] } | undefined; error: Error | null },
): string | null {
  if (error) return `Couldn't list the Secrets in ${namespace}. ${error.message} Enter the name.`;
  if (!data) return null;
  if (data.state === 'not-visible') return `You can't list the Secrets in ${namespace}. Enter the name.`;
  const count = data.secrets.length;
  return count === 0
    ? `${namespace} has no Secrets.`
    : `${count === 1 ? '1 Secret' : `${count} Secrets`} in ${namespace}.`;
}
