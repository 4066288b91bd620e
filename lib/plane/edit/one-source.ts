import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { valueAt, withValueAt } from '@/lib/plane/json/json-path';
import { fieldOf } from '@/lib/plane/json/merge-patch';

export interface OneSource {
  readonly patch: JsonObject;
  /** What was added to the patch, or will not work, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Completes a merge patch of a spec where it switches a credential between an inline `value` and a reference to a
 * Secret: the API reads `value` when both are set, so the one that is switched from is taken away.
 *
 * @param slots the kind's, by `credentialSlots`
 */
export function withOneSource(
  patch: JsonObject,
  spec: JsonObject,
  slots: readonly CredentialSlot[],
): OneSource {
  const notes: string[] = [];
  let completed = patch;
  for (const { id, path, refField } of slots) {
    const change = valueAt(patch, path);
    if (refField === null || !isJsonObject(change)) continue;
    const stored = valueAt(spec, path);
    const before = { value: has(stored, 'value'), reference: has(stored, refField) };
    const sets = { value: has(change, 'value'), reference: has(change, refField) };
    if (sets.reference && !sets.value && before.value && !before.reference && !('value' in change)) {
      completed = withValueAt(completed, [...path, 'value'], null);
      notes.push(`The inline value of ${id} is taken away, as it would win over the Secret.`);
    } else if (sets.value && !sets.reference && before.reference && !before.value && !(refField in change)) {
      completed = withValueAt(completed, [...path, refField], null);
      notes.push(`The reference of ${id} to a Secret is taken away: the inline value takes its place.`);
    } else if (staysSet(change, 'value', before.value) && staysSet(change, refField, before.reference)) {
      notes.push(`${id} has both an inline value and a reference to a Secret: the value wins.`);
    }
  }
  return { patch: completed, notes };
}

function staysSet(change: JsonObject, name: string, before: boolean): boolean {
  return name in change ? has(change, name) : before;
}

function has(value: Json | undefined, name: string): boolean {
  if (!isJsonObject(value)) return false;
  const field = fieldOf(value, name);
  return isJsonObject(field) ? Object.keys(field).length > 0 : field !== undefined && field !== '';
}
