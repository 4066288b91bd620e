import 'server-only';
import type { Material } from '@/lib/api/certificate-inspection';
import { type CredentialPlace, credentialPlace } from '@/lib/plane/credentials/credential-place';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import type { JsonObject } from '@/lib/plane/json/json';
import type { LivePlane } from '@/lib/server/edit/live-plane';

/** Where a slot's material stands in a live plane's spec. */
export function placeIn(
  spec: JsonObject,
  slot: CredentialSlot,
  { identity }: Pick<LivePlane, 'identity'>,
): CredentialPlace {
  return credentialPlace(spec, slot, identity);
}

/** The slot's material as an inspection takes it; null where there is none. */
export function materialIn(
  spec: JsonObject,
  slot: CredentialSlot,
  live: Pick<LivePlane, 'identity'>,
): Material | null {
  const place = placeIn(spec, slot, live);
  if (place.at === 'inline') return { text: place.text };
  return place.at === 'secret' ? { secret: place.secret } : null;
}
