import 'server-only';
import type { Material } from '@/lib/api/credentials';
import { storedMaterial } from '@/lib/plane/credentials/credential-place';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import type { AccessChange } from '@/lib/plane/edit/edit-effect';
import type { JsonObject } from '@/lib/plane/json/json';
import { sameJson } from '@/lib/plane/json/merge-patch';
import { isSignIn } from '@/lib/plane/model/credential-purpose';
import { droppedCertificates, knownCertificatesIn } from '@/lib/server/certificates/known-certificate';
import { pemText } from '@/lib/server/certificates/pem-certificates';
import type { SecretReader } from '@/lib/server/kube/read-secret';
import { type LivePlane, specOfObject } from './live-plane';

/**
 * Returns how an edit changes what the control plane uses to reach the cluster directly. Material is compared by its
 * content, as far as the caller can read it: the same material in another place changes nothing.
 *
 * @param wanted the plane after the edit
 * @param nowMs the API server's clock
 * @throws KubeError when a Secret couldn't be requested
 */
export async function accessChange(
  { kind, spec, identity }: LivePlane,
  wanted: JsonObject,
  readSecret: SecretReader,
  nowMs: number,
): Promise<AccessChange> {
  const after = specOfObject(wanted);
  const slots = credentialSlots(kind).filter(({ path }) => path[0] === 'kubernetesCluster');
  const changed = await Promise.all(
    slots.map(async (slot) => {
      const [old, now] = [storedMaterial(spec, slot, identity), storedMaterial(after, slot, identity)];
      if (!old || sameJson(old, now)) return [];
      const before = await read(old, slot, readSecret);
      if (before === 'none' || (now && isKept(slot, before, await read(now, slot, readSecret), nowMs)))
        return [];
      return [{ purpose: slot.purpose, isRemoved: !now }];
    }),
  );
  const signInAfter = slots
    .filter((slot) => isSignIn(slot.purpose) && storedMaterial(after, slot, identity) !== null)
    .map(({ purpose }) => purpose);
  return { changed: changed.flat(), signInAfter };
}

type Content = { readonly text: string } | 'none' | 'unknown';

async function read(
  material: Material,
  { form }: CredentialSlot,
  readSecret: SecretReader,
): Promise<Content> {
  if ('text' in material) return { text: form === 'base64' ? pemText(material.text) : material.text };
  const reading = await readSecret(material.secret);
  if (reading.state === 'read') return { text: reading.text };
  return reading.state === 'not-visible' ? 'unknown' : 'none';
}

/** Returns whether the new material does for certain what the old one did. */
function isKept({ purpose }: CredentialSlot, before: Content, after: Content, nowMs: number): boolean {
  if (typeof before === 'string' || typeof after === 'string') return false;
  const [old, now] = [before.text, after.text];
  switch (purpose) {
    case 'server-ca':
      return droppedCertificates(knownCertificatesIn(old), knownCertificatesIn(now), nowMs).length === 0;
    case 'client-certificate':
      return sameJson(fingerprintsIn(old), fingerprintsIn(now));
    default:
      return trimmed(old) === trimmed(now);
  }
}

function trimmed(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

function fingerprintsIn(text: string): string[] {
  return knownCertificatesIn(text).map(({ fingerprint }) => fingerprint);
}
