import { objectYaml, parseEdited } from '@/components/plane/edit/yaml/edited-yaml';
import type { SpecDraft } from '@/lib/plane/credentials/credential';
import { specDraftOf } from '@/lib/plane/edit/spec-draft';
import { specPatchOfDraft } from '@/lib/plane/edit/spec-patch';
import { changedPaths } from '@/lib/plane/json/changed-paths';
import type { JsonObject } from '@/lib/plane/json/json';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { withValueAt } from '@/lib/plane/json/json-path';
import { applyMergePatch, sameJson } from '@/lib/plane/json/merge-patch';
import { mergeThreeWay, type ThreeWayMerge } from '@/lib/plane/json/merge-three-way';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { type EditBase, specIn } from './editable-object';

/** The form's draft of the spec, and the spec that it was made from. */
export interface EditForm {
  readonly start: JsonObject;
  readonly draft: SpecDraft;
}

export type Side = 'mine' | 'theirs';

/** What others made of the plane where the person edited it too. */
export interface EditConflicts {
  readonly theirs: EditBase;
  readonly merge: ThreeWayMerge;
  /** By `conflictKey`; a conflict without an entry is not decided yet. */
  readonly chosen: Readonly<Record<string, Side>>;
}

/**
 * One edit of one plane: a single object, which form and YAML are two views of. What a view needs beyond the object (a
 * text that is no YAML yet, a half-typed number) is kept beside it until the other view changes the object.
 */
export interface EditSession {
  /** The state that is stored, as far as this edit knows; what is written is a change of it. */
  readonly base: EditBase;
  readonly object: JsonObject;
  /** Null: to be made from the object. */
  readonly form: EditForm | null;
  /** The YAML as it was typed; null: to be made from the object. */
  readonly text: string | null;
  /** Whether the text cannot be read; then the object is as it was when it last could be. */
  readonly unreadable: boolean;
  /** A newer state that waits until the text can be read. */
  readonly waiting: EditBase | null;
  readonly conflicts: EditConflicts | null;
  /** What others changed meanwhile and this edit has taken up, until it is read. */
  readonly takenUp: readonly JsonPath[];
  /** Secrets that were typed were not kept over a reload, and are to be typed again. */
  readonly lostSecrets: boolean;
  /** It was begun on a plane that was deleted, and goes on with the one of that name now; until that is read. */
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
    takenUp: [],
    lostSecrets: false,
    fromDeleted: false,
  };
}

/** Whether there is anything to lose. */
export function isDirty({ base, object, unreadable }: EditSession): boolean {
  return unreadable || !sameJson(base.object, object);
}

/** The form's draft; the same one until the YAML changes the object. @param name of the plane */
export function formOf({ form, object }: EditSession, kind: InstalledKind, name: string): EditForm {
  if (form) return form;
  const start = specIn(object);
  return { start, draft: specDraftOf(start, kind, name) };
}

/** The edit with what the form now holds. */
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

/** The edit with another object in it, made by neither form nor YAML. */
export function withObject(session: EditSession, object: JsonObject): EditSession {
  return { ...session, object, text: null, unreadable: false };
}

export function textOf({ text, object }: EditSession): string {
  return text ?? objectYaml(object);
}

/** The edit with what was typed as YAML. A text that cannot be read changes nothing but itself. */
export function withText(session: EditSession, text: string): EditSession {
  const { object } = parseEdited(text);
  if (object === null) return { ...session, text, unreadable: true };
  const form = sameJson(specIn(object), specIn(session.object)) ? session.form : null;
  const read = { ...session, object, form, text, unreadable: false };
  return read.waiting ? withTheirs({ ...read, waiting: null }, read.waiting) : read;
}

/**
 * The edit once the plane was read again. A new status is no news. What others changed elsewhere is taken up; what both
 * changed waits for the person to decide. The same goes for a plane that was made anew under the same name, except that
 * nothing can be known of its secrets.
 */
export function withTheirs(session: EditSession, theirs: EditBase): EditSession {
  const { base } = session;
  const isSamePlane = theirs.uid === base.uid;
  if (isSamePlane && theirs.resourceVersion === base.resourceVersion) return session;
  const sameSecrets = isSamePlane && theirs.generation === base.generation;
  if (sameSecrets && sameJson(theirs.object, base.object)) return { ...session, base: theirs };
  if (session.unreadable) return { ...session, waiting: theirs };
  const merge = mergeThreeWay(base.object, session.object, theirs.object, { sameSecrets });
  if (merge.conflicts.length === 0) {
    const changed = sameJson(session.object, base.object) ? [] : changedPaths(base.object, theirs.object);
    return {
      ...beginEdit(theirs),
      object: merge.merged,
      takenUp: [...session.takenUp, ...changed],
      lostSecrets: session.lostSecrets,
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

export function conflictKey(path: JsonPath): string {
  return JSON.stringify(path);
}

/** The edit with one conflict decided; the last one settles them. */
export function withChoice(session: EditSession, path: JsonPath, side: Side): EditSession {
  const { conflicts } = session;
  if (!conflicts) return session;
  const chosen = { ...conflicts.chosen, [conflictKey(path)]: side };
  return { ...session, conflicts: { ...conflicts, chosen } };
}

/** Goes on with what was decided. Does nothing while something is not. */
export function settled(session: EditSession): EditSession {
  const { conflicts } = session;
  if (!conflicts) return session;
  const { theirs, merge, chosen } = conflicts;
  if (merge.conflicts.some(({ path }) => chosen[conflictKey(path)] === undefined)) return session;
  const object = merge.conflicts.reduce(
    (changed, { path, mine }) =>
      chosen[conflictKey(path)] === 'mine' ? withValueAt(changed, path, mine) : changed,
    merge.merged,
  );
  const { lostSecrets, fromDeleted } = session;
  return { ...beginEdit(theirs), object, lostSecrets, fromDeleted };
}
