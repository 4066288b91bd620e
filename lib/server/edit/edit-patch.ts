import 'server-only';
import type { PlaneEditRequest } from '@/lib/api/edit';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { restoreMasked } from '@/lib/plane/edit/restore-masked';
import { withOneSource } from '@/lib/plane/edit/spec-patch';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { applyMergePatch, mergePatchOf } from '@/lib/plane/json/merge-patch';
import { checkMaintenance, maintenanceAnnotations } from '@/lib/plane/maintenance/check-maintenance';
import type { Maintenance } from '@/lib/plane/model/maintenance';
import { PLANE_TEXT_FIELDS, PLANE_TEXTS } from '@/lib/plane/model/plane-texts';
import { invalidFields } from '@/lib/server/http/problem';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { LivePlane } from './live-plane';

export interface EditPatch {
  /** Null: nothing changes. */
  readonly patch: JsonObject | null;
  /** One sentence for each further change that the edit needs to take effect. */
  readonly notes: readonly string[];
}

/**
 * Returns the merge patch for an edit, with masks replaced by the stored secrets.
 *
 * @throws ProblemError `invalid-field`: a mask without a stored secret, a text that is too long, a maintenance that
 * can't be set
 */
export function editPatch(live: LivePlane, changes: PlaneEditRequest['changes']): EditPatch {
  checkTexts(changes, writtenAnnotations(changes));
  if (changes.maintenance) checkStorable(changes.maintenance);
  const restored = restoreMasked(writtenPatch(changes), live);
  if ('problems' in restored) throw invalidFields(restored.problems);
  const given = restored.patch ?? {};
  const slots = credentialSlots(live.kind);
  const completed = isJsonObject(given.spec)
    ? withOneSource(given.spec, live.spec, slots)
    : { patch: undefined, notes: [] };
  const whole: JsonObject = { ...given, ...(completed.patch ? { spec: completed.patch } : {}) };
  // Sends only what differs from the stored plane, so the caller doesn't become the manager of unchanged fields.
  return { patch: mergePatchOf(live.raw, applyMergePatch(live.raw, whole)), notes: completed.notes };
}

/** Returns an edit as a merge patch of the resource, not checked, with masks as they are in the request. */
export function writtenPatch(changes: PlaneEditRequest['changes']): JsonObject {
  const { labels, maintenance, spec } = changes;
  const annotations = {
    ...writtenAnnotations(changes),
    ...(maintenance === undefined ? {} : maintenanceAnnotations(maintenance)),
  };
  const metadata = { ...filled('labels', labels), ...filled('annotations', annotations) };
  return { ...filled('metadata', metadata), ...filled('spec', spec) };
}

function writtenAnnotations(changes: PlaneEditRequest['changes']): Record<string, string | null> {
  const texts = PLANE_TEXT_FIELDS.map((field) =>
    textAnnotation(PLANE_TEXTS[field].annotation, changes[field]),
  );
  return Object.assign({}, changes.annotations, ...texts);
}

/** Omits an empty group, which isn't a change and must not be created. */
function filled(name: string, group: JsonObject | undefined): JsonObject {
  return group && Object.keys(group).length > 0 ? { [name]: group } : {};
}

/**
 * Checks a maintenance against the API server's clock, because a browser's clock may be wrong.
 *
 * @throws ProblemError `invalid-field`
 */
function checkStorable(maintenance: Maintenance): void {
  const problems = checkMaintenance(maintenance, getRuntime().clock.nowMs());
  if (problems.length > 0)
    throw invalidFields(
      problems.map(({ field, message }) => ({ path: ['changes', 'maintenance', field], message })),
    );
}

/**
 * Checks display name, description, owner and runbook.
 *
 * @param annotations as they will be written, wherever they are in the request
 * @throws ProblemError `invalid-field` with the path in the request
 */
function checkTexts(
  changes: PlaneEditRequest['changes'],
  annotations: Readonly<Record<string, string | null>>,
): void {
  const errors = PLANE_TEXT_FIELDS.flatMap((field) => {
    const { annotation, problem } = PLANE_TEXTS[field];
    const message = problem(annotations[annotation] ?? '');
    if (message === null) return [];
    const path = changes[field] === undefined ? ['metadata', 'annotations', annotation] : ['changes', field];
    return [{ path, message }];
  });
  if (errors.length > 0) throw invalidFields(errors);
}

/** An empty text removes the annotation. */
function textAnnotation(name: string, text: string | null | undefined): Record<string, string | null> {
  if (text === undefined) return {};
  return { [name]: text === null || text.trim() === '' ? null : text.trim() };
}
