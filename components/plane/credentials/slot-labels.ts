import type { CredentialPlace } from '@/lib/plane/credentials/credential-place';
import type { CredentialPurpose, CredentialSlot } from '@/lib/plane/credentials/credential-slot';

const WORDS: Record<CredentialPurpose, string> = {
  'agent-ca': "agent's certificate",
  'server-ca': "API server's CA",
  'client-certificate': 'client certificate',
  'client-key': 'private key',
  'bearer-token': 'bearer token',
  password: 'password',
  other: 'secret',
};

/** What stands in a slot, as a part of a sentence: `bearer token`. */
export function slotLabel({ purpose, path }: CredentialSlot): string {
  return purpose === 'other' ? `${WORDS.other} ${path.join('.')}` : WORDS[purpose];
}

/** Where it stands, as a sentence. */
export function placeText(place: CredentialPlace): string {
  switch (place.at) {
    case 'inline':
      return 'It stands in the plane itself.';
    case 'secret':
      return `It stands in the Secret ${place.secret.namespace}/${place.secret.name}, key ${place.secret.key}.`;
    case 'nowhere':
      return `The plane refers to the Secret ${place.name} and names no namespace, which a cluster-wide plane has to.`;
    case 'absent':
      return 'Nothing stands there yet.';
  }
}
