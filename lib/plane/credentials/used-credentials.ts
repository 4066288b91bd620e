import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import { CREDENTIAL_PURPOSES, type CredentialPurpose } from '@/lib/plane/model/credential-purpose';
import type { Plane } from '@/lib/plane/model/plane';
import { type CredentialPlace, credentialPlace } from './credential-place';
import { type CredentialSlot, fieldOf, keySlotFor } from './credential-slot';

/** A credential that the control plane uses for a plane, and where its material is. */
export interface UsedCredential {
  /** The slot's id. */
  readonly slot: string;
  readonly purpose: CredentialPurpose;
  /** Whether the material is base64 even if it could be PEM, as in the oldest release. */
  readonly isBase64: boolean;
  readonly place:
    | Exclude<CredentialPlace, { readonly at: 'nowhere' }>
    /** A Secret whose key isn't named (releases 0.4 and 0.5). */
    | { readonly at: 'whole-secret'; readonly namespace: string; readonly name: string };
  /** The slot of the client certificate that a private key belongs to. */
  readonly certificateSlot?: string;
}

/**
 * Returns the credentials that the control plane uses for a plane, besides the agent's CA: those of every place in the
 * kind's schema that takes one, so a release's own fields are included. What the plane's connection doesn't use is left
 * out, and so is a token beside a client certificate, because the controllers then use the certificate.
 *
 * @param slots of the kind's installed schema
 * @param raw the plane as the API server serves it
 */
export function usedCredentials(
  slots: readonly CredentialSlot[],
  raw: unknown,
  { namespace, connection, unreadable }: Pick<Plane, 'namespace' | 'connection' | 'unreadable'>,
): UsedCredential[] {
  const spec = isJsonObject(raw) ? raw.spec : undefined;
  if (!isJsonObject(spec) || unreadable) return [];
  const used = slots.filter((slot) => isUsed(slot, spec, connection)).toSorted(byPurpose);
  const certificateOf = new Map(used.map((slot) => [keySlotFor(slot, used)?.id, slot.id]));
  return used.flatMap((slot) => {
    const place = placeOf(spec, slot, namespace);
    // Whether a password is right can't be told from the plane that holds it.
    if ((place.at === 'absent' || place.at === 'inline') && !isNeeded(slot)) return [];
    const certificateSlot = certificateOf.get(slot.id);
    return [
      {
        slot: slot.id,
        purpose: slot.purpose,
        isBase64: slot.form === 'base64',
        place,
        ...(certificateSlot === undefined ? {} : { certificateSlot }),
      },
    ];
  });
}

/** A schema's own order is alphabetical, and would put the sign-in before the server that it's for. */
function byPurpose(a: CredentialSlot, b: CredentialSlot): number {
  return CREDENTIAL_PURPOSES.indexOf(a.purpose) - CREDENTIAL_PURPOSES.indexOf(b.purpose);
}

function isUsed(slot: CredentialSlot, spec: JsonObject, connection: Plane['connection']): boolean {
  if (slot.purpose === 'agent-ca') return false;
  const [top] = slot.path;
  if (top === 'kubernetesCluster' && connection !== 'direct') return false;
  if ((top === 'agent' || top === 'clusterAgent') && connection !== 'agent') return false;
  const field = fieldOf(slot);
  const parent = field.slice(0, -1);
  // Without any access data, the control plane lacks the server's CA and something to sign in with.
  if (top === 'kubernetesCluster' && !isJsonObject(spec.kubernetesCluster))
    return slot.purpose === 'server-ca' || slot.purpose === 'bearer-token';
  if (!isJsonObject(valueAt(spec, parent))) return false;
  // A choice. Without either, the control plane lacks a token as much as a certificate.
  return slot.purpose !== 'bearer-token' || !isJsonObject(valueAt(spec, [...parent, 'mtls']));
}

/** Without these, the control plane can't reach the cluster. Other secrets may be left out. */
function isNeeded({ purpose, path }: CredentialSlot): boolean {
  return path[0] === 'kubernetesCluster' && purpose !== 'other' && purpose !== 'password';
}

function placeOf(
  spec: JsonObject,
  slot: CredentialSlot,
  namespace: string | undefined,
): UsedCredential['place'] {
  const place = credentialPlace(spec, slot, { namespace });
  if (place.at === 'nowhere') return { at: 'absent' };
  const field = fieldOf(slot);
  if (place.at !== 'absent' || field === slot.path) return place;
  const name = valueAt(spec, [...field, 'secretRef']);
  return typeof name === 'string' && name !== '' && namespace !== undefined
    ? { at: 'whole-secret', namespace, name }
    : place;
}
