import type { SpecDraft } from '@/lib/plane/credentials/credential';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { activeSlots } from '@/lib/plane/credentials/credential-slots';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { valueAt, withValueAt } from '@/lib/plane/json/json-path';
import { fieldNames, fieldOf, mergePatchOf, sameJson, setField } from '@/lib/plane/json/merge-patch';
import { MASK } from '@/lib/plane/masking/mask';
import { credentialOf } from '@/lib/plane/registration/new-draft';
import { specOf } from '@/lib/plane/registration/spec-of-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { keepsStoredSecret, specDraftOf } from './spec-draft';

/**
 * Returns the JSON merge patch of a plane's spec for a form's draft, or null if the form has no changes. Compares the
 * spec the form writes now with the one it wrote at the start. Whatever the form leaves out or writes differently
 * (empty texts, the unused connection, unknown fields) therefore stays as stored.
 *
 * A credential with a new Secret becomes a reference to it. The Secret itself isn't part of the plane's change.
 *
 * @param spec the spec that the draft was read from, secrets masked
 */
export function specPatchOfDraft(spec: unknown, draft: SpecDraft, kind: InstalledKind): JsonObject | null {
  const stored: JsonObject = isJsonObject(spec) ? spec : {};
  const start = writtenSpec(specDraftOf(stored, kind, ''), kind);
  return differenceOf(stored, start, writtenSpec(draft, kind));
}

/** Returns the credentials of a draft whose material goes into a Secret that must be created first. */
export function slotsWithNewSecret(draft: SpecDraft, kind: InstalledKind): CredentialSlot[] {
  return activeSlots(kind, draft).filter((slot) => {
    const { source, text } = credentialOf(draft, slot, kind);
    return source === 'new-secret' && text.trim() !== '';
  });
}

/**
 * Returns the draft's spec with the plain mask for every kept credential, and without credentials that have no input
 * yet.
 */
function writtenSpec(draft: SpecDraft, kind: InstalledKind): JsonObject {
  let spec = specOf(draft, kind);
  for (const slot of activeSlots(kind, draft)) {
    const credential = credentialOf(draft, slot, kind);
    const path = slot.refField === null ? slot.path : [...slot.path, 'value'];
    // The written value has the form of its purpose, such as base64 of the mask.
    if (keepsStoredSecret(credential) && valueAt(spec, path) !== undefined)
      spec = withValueAt(spec, path, MASK);
    if (credential.source === 'new-secret' && credential.text.trim() === '')
      spec = withValueAt(spec, slot.path, undefined);
  }
  return spec;
}

function differenceOf(stored: JsonObject, start: JsonObject, now: JsonObject): JsonObject | null {
  const patch: JsonObject = {};
  for (const name of fieldNames(start, now)) {
    const old = fieldOf(stored, name);
    const before = fieldOf(start, name);
    const after = fieldOf(now, name);
    if (sameJson(before, after)) continue;
    if (after === undefined) setField(patch, name, null);
    else if (isJsonObject(after) && isJsonObject(old)) {
      // The form left out a group that is stored, so the stored group is the base.
      const inner = isJsonObject(before) ? differenceOf(old, before, after) : mergePatchOf(old, after);
      if (inner) setField(patch, name, inner);
    } else setField(patch, name, Array.isArray(after) ? withStoredItems(old, before, after) : after);
  }
  return Object.keys(patch).length > 0 ? patch : null;
}

/** Returns a changed list whose untouched items are exactly the stored ones. */
function withStoredItems(stored: Json | undefined, start: Json | undefined, now: readonly Json[]): Json[] {
  if (!Array.isArray(stored) || !Array.isArray(start) || stored.length !== start.length) return [...now];
  return now.map((item, place) => {
    const same = sameJson(start[place], item) ? place : start.findIndex((one) => sameJson(one, item));
    return stored[same] ?? item;
  });
}

interface OneSource {
  readonly patch: JsonObject;
  /** A sentence for each addition to the patch and for each part of it that won't work. */
  readonly notes: readonly string[];
}

/**
 * Completes a merge patch of a spec that switches a credential between an inline `value` and a reference to a Secret.
 * The API uses `value` when both are set, so the previous one is removed.
 *
 * @param slots the kind's slots from `credentialSlots`
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
      notes.push(`The inline value of ${id} is removed, because it would take precedence over the Secret.`);
    } else if (sets.value && !sets.reference && before.reference && !before.value && !(refField in change)) {
      completed = withValueAt(completed, [...path, refField], null);
      notes.push(`The Secret reference of ${id} is removed, because the inline value replaces it.`);
    } else if (staysSet(change, 'value', before.value) && staysSet(change, refField, before.reference)) {
      notes.push(`${id} has both an inline value and a Secret reference. The inline value takes precedence.`);
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
