import type { InspectionRequest, Material } from '@/lib/api/credentials';
import type { Credential } from '@/lib/plane/credentials/credential';
import {
  type CredentialSlot,
  isCertificatePurpose,
  keySlotFor,
} from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import type { Draft } from '@/lib/plane/registration/draft';

type Credentials = Pick<Draft, 'credentials' | 'namespace'>;

/**
 * What to ask the server of each slot that holds a certificate, by the slot's id. Slots without material are absent, and
 * so are those whose text this browser refuses itself: a private key pasted in a certificate's place never leaves it.
 *
 * @param slots those that are part of the plane
 * @param draft its namespace stands in for a Secret's that is not named
 */
export function inspectionRequests(
  slots: readonly CredentialSlot[],
  draft: Credentials,
): Record<string, InspectionRequest> {
  const requests: Record<string, InspectionRequest> = {};
  for (const slot of slots) {
    if (!isCertificatePurpose(slot.purpose)) continue;
    const certificate = materialOf(slot, draft);
    if (certificate === null) continue;
    const keySlot = keySlotFor(slot, slots);
    const privateKey = keySlot ? materialOf(keySlot, draft) : null;
    requests[slot.id] = { purpose: slot.purpose, certificate, ...(privateKey ? { privateKey } : {}) };
  }
  return requests;
}

function materialOf(slot: CredentialSlot, draft: Credentials): Material | null {
  const credential = draft.credentials[slot.id];
  if (!credential) return null;
  if (credential.source === 'existing-secret') return secretMaterial(credential, draft.namespace);
  const text = credential.text;
  return text.trim() === '' || materialProblem(slot.purpose, text) !== null ? null : { text };
}

function secretMaterial(credential: Credential, ownNamespace: string): Material | null {
  const secret = {
    namespace: credential.namespace || ownNamespace,
    name: credential.name,
    key: credential.key,
  };
  return secret.namespace && secret.name && secret.key ? { secret } : null;
}
