import type { Credential } from '@/lib/plane/credentials/credential';

/** The credentials that are to stand in the same new Secret as this one, itself included, by their slots' ids. */
export function inSameNewSecret(
  credentials: Readonly<Record<string, Credential>>,
  { namespace, name }: Pick<Credential, 'namespace' | 'name'>,
): [slotId: string, credential: Credential][] {
  return Object.entries(credentials).filter(
    ([, other]) => other.source === 'new-secret' && other.name === name && other.namespace === namespace,
  );
}
