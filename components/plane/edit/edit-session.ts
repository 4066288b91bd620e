import type { SpecDraft } from '@/lib/plane/credentials/credential';
import { type EditBase, specIn } from '@/lib/plane/edit/editable-object';
import { mergeThreeWay, type ThreeWayMerge } from '@/lib/plane/edit/merge-three-way';
import { specDraftOf } from '@/lib/plane/edit/spec-draft';
import { specPatchOfDraft } from '@/lib/plane/edit/spec-patch';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { type JsonPath, valueAt, withValueAt } from '@/lib/plane/json/json-path';
import { applyMergePatch, changedPaths, sameJson } from '@/lib/plane/json/merge-patch';
import { MASK } from '@/lib/plane/masking/mask';
import { redactObject } from '@/lib/plane/masking/redact';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { isUnparsed } from '@/lib/plane/schema/unparsed';
import { objectYaml, parseEdited } from './edited-yaml';

/** The form's draft of the spec, and the spec that the draft began with. */
export interface EditForm {
  readonly start: JsonObject;
  readonly draft: SpecDraft;
}

export type Side = 'mine' | 'theirs';

/** Overlapping changes of others and this edit. */
export interface EditConflicts {
  readonly theirs: EditBase;
  readonly merge: ThreeWayMerge;
  /** By `conflictKey`; a conflict without an entry isn't resolved yet. */
  readonly chosen: Readonly<Record<string, Side>>;
}

/**
 * An edit of a plane: one object with two views, form and YAML. State that only one view needs (invalid YAML, a
 * half-typed number) is kept beside the object until the other view changes the object.
 */
export interface EditSession {
  /** The stored state that this edit changes. */
  readonly base: EditBase;
  readonly object: JsonObject;
  /** Null: derived from the object. */
  readonly form: EditForm | null;
  /** The YAML as it was typed; null: derived from the object. */
  readonly text: string | null;
  /** Whether the text is invalid; the object is then that of the last valid text. */
  readonly unreadable: boolean;
  /** A newer stored state to merge once the text is valid. */
  readonly waiting: EditBase | null;
  readonly conflicts: EditConflicts | null;
  /** Paths of changes by others that were merged into this edit; cleared when the user dismisses the notice. */
  readonly mergedPaths: readonly JsonPath[];
  /** Paths of this edit that someone else wrote with the same value, such as by a commit; cleared in the same way. */
  readonly observedPaths: readonly JsonPath[];
  /**
   * The object of a save whose answer was lost, without typed secrets; null: there is none. The cluster's values may come
   * from that save.
   */
  readonly lostSave: JsonObject | null;
  /** Whether a reload dropped typed secrets, which you have to type again. */
  readonly lostSecrets: boolean;
  /** Whether the page opened with this edit instead of the current plane; cleared when the user dismisses the notice. */
  readonly restored: boolean;
  /** Whether all changes come from the button that opens the page with them, so the page needn't explain them. */
  readonly prepared: boolean;
  /** Whether the edit began on a deleted plane with the same name; cleared when the user dismisses the notice. */
  readonly fromDeleted: boolean;
}

export function beginEdit(base: EditBase): EditSession {
  return {
    base,
    object: base.object,
    form: null,
    text: null,
    unreadable: false,
    waiting: null,
    conflicts: null,
    mergedPaths: [],
    observedPaths: [],
    lostSave: null,
    lostSecrets: false,
    restored: false,
    prepared: false,
    fromDeleted: false,
  };
}

/** Whether the edit has unsaved changes. */
export function isDirty({ base, object, unreadable }: EditSession): boolean {
  return unreadable || !sameJson(base.object, object);
}

/** The edit as a page that opens finds it: with changes, the page has to say that it doesn't show the current plane. */
export function reopened(session: EditSession): EditSession {
  if (session.prepared) return { ...session, prepared: false };
  return isDirty(session) && !session.restored ? { ...session, restored: true } : session;
}

/** The edit with a value that the page is about to open with. An invalid text is replaced by its last valid version. */
export function prepared(session: EditSession, path: JsonPath, value: Json | undefined): EditSession {
  const object = withValueAt(session.object, path, value);
  return { ...withObject(session, object), form: null, prepared: !isDirty(session) };
}

/** The form's draft, which is kept until the YAML changes the spec. @param name of the plane */
export function formOf({ form, object }: EditSession, kind: InstalledKind, name: string): EditForm {
  if (form) return form;
  const start = specIn(object);
  return { start, draft: specDraftOf(start, kind, name) };
}

/** The edit with a new draft from the form. */
export function withForm(
  session: EditSession,
  start: JsonObject,
  draft: SpecDraft,
  kind: InstalledKind,
): EditSession {
  const patch = specPatchOfDraft(start, draft, kind);
  const spec = patch ? applyMergePatch(start, patch) : start;
  return {
    ...session,
    object: { ...session.object, spec },
    form: { start, draft },
    text: null,
    unreadable: false,
  };
}

/** The edit with an object that comes from neither the spec draft nor the YAML. */
export function withObject(session: EditSession, object: JsonObject): EditSession {
  return { ...session, object, text: null, unreadable: false };
}

export function yamlOf({ text, object }: EditSession): string {
  return text ?? objectYaml(object);
}

/** The edit with the typed YAML. Invalid YAML changes only the text. */
export function withText(session: EditSession, text: string): EditSession {
  const { object } = parseEdited(text);
  if (object === null) return { ...session, text, unreadable: true };
  const form = sameJson(specIn(object), specIn(session.object)) ? session.form : null;
  const read = { ...session, object, form, text, unreadable: false };
  return read.waiting ? withStored({ ...read, waiting: null }, read.waiting) : read;
}

/**
 * The edit after the plane was read again. A new status changes nothing. Changes of others to other fields are
 * merged; a field that both sides changed becomes a conflict for the user to resolve. The same applies to a plane
 * that was created again under the same name, except that its secrets may differ.
 */
export function withStored(session: EditSession, theirs: EditBase): EditSession {
  const { base } = session;
  const isSamePlane = theirs.uid === base.uid;
  if (isSamePlane && theirs.resourceVersion === base.resourceVersion) return session;
  const sameSecrets = isSamePlane && theirs.generation === base.generation;
  // Keeps the object's identity, so nothing that depends on it is derived or checked again.
  if (sameSecrets && sameJson(theirs.object, base.object))
    return { ...session, base: { ...theirs, object: base.object } };
  if (session.unreadable) return { ...session, waiting: theirs };
  if (isSamePlane && session.lostSave !== null && sameJson(theirs.object, session.lostSave))
    return afterLostSave(session, theirs);
  const merge = mergeThreeWay(base.object, session.object, theirs.object, { sameSecrets });
  if (merge.conflicts.length === 0) {
    const changed = sameJson(session.object, base.object) ? [] : changedPaths(base.object, theirs.object);
    const isMine = (path: JsonPath) => sameJson(valueAt(session.object, path), valueAt(theirs.object, path));
    return {
      ...beginEdit(theirs),
      object: merge.merged,
      mergedPaths: [...session.mergedPaths, ...changed.filter((path) => !isMine(path))],
      observedPaths: [...session.observedPaths, ...changed.filter(isMine)],
      lostSave: session.lostSave,
      lostSecrets: session.lostSecrets,
      restored: session.restored && !sameJson(merge.merged, theirs.object),
      fromDeleted: session.fromDeleted || !isSamePlane,
    };
  }
  const keys = new Set(merge.conflicts.map(({ path }) => conflictKey(path)));
  const chosen = Object.entries(session.conflicts?.chosen ?? {}).filter(([key]) => keys.has(key));
  return {
    ...session,
    conflicts: { theirs, merge, chosen: Object.fromEntries(chosen) },
    fromDeleted: session.fromDeleted || !isSamePlane,
  };
}

/** The edit after the plane turned out to have what its lost save sent: only what was edited since isn't saved. */
function afterLostSave(session: EditSession, theirs: EditBase): EditSession {
  const isSaved = sameJson(withoutSecrets(session).object, theirs.object);
  return isSaved ? beginEdit(theirs) : { ...session, base: theirs, lostSave: null, conflicts: null };
}

export function conflictKey(path: JsonPath): string {
  return JSON.stringify(path);
}

/** The edit with the chosen side of one conflict. */
export function withResolution(session: EditSession, path: JsonPath, side: Side): EditSession {
  const { conflicts } = session;
  if (!conflicts) return session;
  const chosen = { ...conflicts.chosen, [conflictKey(path)]: side };
  return { ...session, conflicts: { ...conflicts, chosen } };
}

/** The edit with the chosen sides applied; unchanged while a conflict is unresolved. */
export function resolveConflicts(session: EditSession): EditSession {
  const { conflicts } = session;
  if (!conflicts) return session;
  const { theirs, merge, chosen } = conflicts;
  if (merge.conflicts.some(({ path }) => chosen[conflictKey(path)] === undefined)) return session;
  const object = merge.conflicts.reduce(
    (changed, { path, mine }) =>
      chosen[conflictKey(path)] === 'mine' ? withValueAt(changed, path, mine) : changed,
    merge.merged,
  );
  const { lostSave, lostSecrets, restored, fromDeleted } = session;
  return { ...beginEdit(theirs), object, lostSave, lostSecrets, restored, fromDeleted };
}

/** The part of an edit that may be stored. Resets a secret typed over a stored one to its mask; empties others. */
export function storableEdit(
  session: EditSession,
): Pick<EditSession, 'base' | 'object' | 'lostSave' | 'lostSecrets'> {
  const { base, lostSave } = session;
  const { object, lost } = withoutSecrets(session);
  return { base, object, lostSave, lostSecrets: session.lostSecrets || lost };
}

/** The edit after a save whose answer was lost. @param saved as it was sent */
export function withLostSave(session: EditSession, saved: EditSession): EditSession {
  return { ...session, lostSave: withoutSecrets(saved).object };
}

function withoutSecrets({ base, object }: Pick<EditSession, 'base' | 'object'>): {
  readonly object: JsonObject;
  readonly lost: boolean;
} {
  let storable = withoutUnparsed(object);
  let lost = false;
  for (const path of redactObject(storable).masked) {
    if (valueAt(storable, path) === MASK) continue;
    lost = true;
    const wasStored = valueAt(base.object, path) === MASK;
    storable = withValueAt(storable, path, wasStored ? MASK : '');
  }
  return { object: storable, lost };
}

/** Empties texts that don't parse, which may contain secrets. */
function withoutUnparsed(object: JsonObject): JsonObject {
  const cleaned = (value: Json): Json => {
    if (isUnparsed(value)) return '';
    if (Array.isArray(value)) return value.map(cleaned);
    return isJsonObject(value) ? withoutUnparsed(value) : value;
  };
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, cleaned(value)]));
}
