import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { credentialPlace } from './credential-place';
import type { CredentialSlot } from './credential-slot';
import { credentialSlots } from './credential-slots';

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
  const keyOf = (slot: CredentialSlot) =>
    slot.purpose === 'client-certificate'
      ? (there.find((other) => other.purpose === 'client-key' && groupOf(other) === groupOf(slot)) ?? null)
      : null;
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

function groupOf({ path }: CredentialSlot): string {
  return path.slice(0, -1).join('.');
}
