import 'server-only';
import type { Material } from '@/lib/api/certificate-inspection';
import type { CredentialSlot } from '@/lib/plane/draft/credential-slot';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/draft/json';
import { valueAt } from '@/lib/plane/draft/spec-path';
import type { SecretPlace } from '../kube/secret-key';
import type { LivePlane } from './live-plane';

/** Where the material of a credential slot stands. */
export type CredentialPlace =
  /** `text` as the plane has it: of the oldest release, base64. */
  | { readonly at: 'inline'; readonly text: string }
  | { readonly at: 'secret'; readonly secret: SecretPlace }
  /** A reference that names no namespace, which a cluster-wide plane does not have. */
  | { readonly at: 'nowhere'; readonly name: string }
  | { readonly at: 'absent' };

/**
 * Where a slot's material stands in a spec. The inline value wins when a reference stands beside it; a namespaced
 * plane's Secret is in its own namespace unless the reference says otherwise.
 */
export function placeIn(
  spec: JsonObject,
  slot: CredentialSlot,
  { identity }: Pick<LivePlane, 'identity'>,
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
  const namespace = textOf(reference.namespace) || (identity.namespace ?? '');
  if (name === '' || key === '') return { at: 'absent' };
  return namespace === '' ? { at: 'nowhere', name } : { at: 'secret', secret: { namespace, name, key } };
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

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
