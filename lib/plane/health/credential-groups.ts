import { joinList } from '@/lib/plane/model/text';
import { credentialLabel } from './credential-wording';
import type { CredentialFact } from './health-facts';

/** Credentials that are judged together: all that should be in the same missing Secret, or a single one. */
export interface CredentialGroup {
  readonly first: CredentialFact;
  readonly others: readonly CredentialFact[];
  /** Names them within a sentence: `client certificate and private key`. */
  readonly label: string;
}

/** Groups credentials so that one missing Secret is reported once, however many credentials it should hold. */
export function credentialGroups(credentials: readonly CredentialFact[]): readonly CredentialGroup[] {
  const groups = new Map<CredentialFact | string, [CredentialFact, ...CredentialFact[]]>();
  for (const credential of credentials) {
    const { fact } = credential;
    const key = fact.state === 'secret-missing' ? fact.secret : credential;
    const group = groups.get(key);
    if (group) group.push(credential);
    else groups.set(key, [credential]);
  }
  return [...groups.values()].map(([first, ...others]) => ({
    first,
    others,
    label: joinList([first, ...others].map(credentialLabel)),
  }));
}
