import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { type CredentialSlot, keySlotFor } from './credential-slot';
import { credentialSlots } from './credential-slots';

/** Where the material of a credential slot stands. */
export type CredentialPlace =
  /** `text` as the plane has it: of the oldest release, base64. */
  | { readonly at: 'inline'; readonly text: string }
  | {
      readonly at: 'secret';
      readonly secret: { readonly namespace: string; readonly name: string; readonly key: string };
    }
  /** A reference that names no namespace, which a cluster-wide plane does not have. */
  | { readonly at: 'nowhere'; readonly name: string }
  | { readonly at: 'absent' };

/**
 * Where a slot's material stands in a spec. The inline value wins when a reference stands beside it; a namespaced
 * plane's Secret is in its own namespace unless the reference says otherwise.
 */
export function credentialPlace(
  spec: JsonObject,
  slot: CredentialSlot,
  { namespace: own }: Pick<PlaneIdentity, 'namespace'>,
): CredentialPlace {
  const given = valueAt(spec, slot.path);
  if (slot.refField === null) {
    const text = textOf(given);
    return text === '' ? { at: 'absent' } : { at: 'inline', text };
  }
  const group: JsonObject = isJsonObject(given) ? given : {};
  const value = textOf(group.value);
  if (value !== '') return { at: 'inline', text: value };
  const reference = group[slot.refField];
  if (!isJsonObject(reference)) return { at: 'absent' };
  const [name, key] = [textOf(reference.name), textOf(reference.key)];
  const namespace = textOf(reference.namespace) || (own ?? '');
  if (name === '' || key === '') return { at: 'absent' };
  return namespace === '' ? { at: 'nowhere', name } : { at: 'secret', secret: { namespace, name, key } };
}

/** The material stored in a slot: the text itself, or the Secret's key that holds it; null where there is none. */
export function storedMaterial(
  spec: JsonObject,
  slot: CredentialSlot,
  identity: Pick<PlaneIdentity, 'namespace'>,
) {
  const place = credentialPlace(spec, slot, identity);
  if (place.at === 'inline') return { text: place.text };
  return place.at === 'secret' ? { secret: place.secret } : null;
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A credential of a plane that can be replaced. */
export interface ReplaceableSlot {
  readonly slot: CredentialSlot;
  /** Of a client certificate: where its private key stands, which is replaced together with it. */
  readonly keySlot: CredentialSlot | null;
}

/**
 * The credentials that a plane has, or has the part of the spec for, which is where they belong. A private key goes with
 * its certificate, where that is there.
 *
 * @param spec of the plane, masked
 */
export function replaceableSlots(
  kind: InstalledKind,
  spec: JsonObject,
  identity: PlaneIdentity,
): ReplaceableSlot[] {
  const there = credentialSlots(kind).filter(
    (slot) =>
      credentialPlace(spec, slot, identity).at !== 'absent' ||
      (slot.purpose === 'agent-ca' && isJsonObject(valueAt(spec, slot.path.slice(0, -1)))),
  );
  const keyOf = (slot: CredentialSlot) => keySlotFor(slot, there) ?? null;
  const withCertificate = new Set(there.map((slot) => keyOf(slot)?.id));
  return there
    .filter((slot) => !withCertificate.has(slot.id))
    .map((slot) => ({ slot, keySlot: keyOf(slot) }));
}

/** The one that an address names: by the slot's id, or `agent-ca` for wherever this release has the agent's CA. */
export function slotNamed(slots: readonly ReplaceableSlot[], name: string): ReplaceableSlot | undefined {
  return slots.find(
    ({ slot, keySlot }) =>
      slot.id === name || keySlot?.id === name || (name === 'agent-ca' && slot.purpose === 'agent-ca'),
  );
}

/** Where a credential is stored, as a sentence. */
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
