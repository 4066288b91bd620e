import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { type CredentialSlot, keySlotFor } from './credential-slot';
import { credentialSlots } from './credential-slots';

/** Where the material of a credential slot is stored. */
export type CredentialPlace =
  /** `text` as in the plane; base64 in the oldest release. */
  | { readonly at: 'inline'; readonly text: string }
  | {
      readonly at: 'secret';
      readonly secret: { readonly namespace: string; readonly name: string; readonly key: string };
    }
  /** A reference without a namespace in a cluster-wide plane, which has none of its own. */
  | { readonly at: 'nowhere'; readonly name: string }
  | { readonly at: 'absent' };

/**
 * Returns where a spec stores a slot's material. An inline value wins over a reference beside it. A namespaced
 * plane's Secret defaults to the plane's own namespace.
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

/** Returns the material stored in a slot, either the text itself or the Secret's key that holds it, or null. */
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
  /** The slot of a client certificate's private key, which is replaced together with it. */
  readonly keySlot: CredentialSlot | null;
}

/**
 * Returns the credentials that can be replaced: those the plane has, and an absent agent's CA whose parent group
 * exists. A private key is listed with its certificate if the plane has one.
 *
 * @param spec the plane's spec, masked
 */
export function replaceableSlots(
  kind: InstalledKind,
  spec: JsonObject,
  identity: PlaneIdentity,
): ReplaceableSlot[] {
  const present = credentialSlots(kind).filter(
    (slot) =>
      credentialPlace(spec, slot, identity).at !== 'absent' ||
      (slot.purpose === 'agent-ca' && isJsonObject(valueAt(spec, slot.path.slice(0, -1)))),
  );
  const keyOf = (slot: CredentialSlot) => keySlotFor(slot, present) ?? null;
  const withCertificate = new Set(present.map((slot) => keyOf(slot)?.id));
  return present
    .filter((slot) => !withCertificate.has(slot.id))
    .map((slot) => ({ slot, keySlot: keyOf(slot) }));
}

/**
 * Finds the slot that a URL names: by the slot's id, or by `agent-ca` for the agent's CA, wherever this release
 * stores it.
 */
export function slotNamed(slots: readonly ReplaceableSlot[], name: string): ReplaceableSlot | undefined {
  return slots.find(
    ({ slot, keySlot }) =>
      slot.id === name || keySlot?.id === name || (name === 'agent-ca' && slot.purpose === 'agent-ca'),
  );
}

/** Describes where a credential is stored, in a sentence. */
export function placeText(place: CredentialPlace): string {
  switch (place.at) {
    case 'inline':
      return 'Stored in the plane resource.';
    case 'secret':
      return `Stored in Secret ${place.secret.namespace}/${place.secret.name}, key ${place.secret.key}.`;
    case 'nowhere':
      return `The plane refers to Secret ${place.name} without a namespace, which a cluster-wide plane requires.`;
    case 'absent':
      return 'Not set.';
  }
}
