import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import type { CredentialSlot } from './credential-slot';

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

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
