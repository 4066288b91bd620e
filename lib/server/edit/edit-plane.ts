import 'server-only';
import { stringify } from 'yaml';
import type { PlaneEditAnswer, PlaneEditRequest } from '@/lib/api/edit';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { restoreMasked } from '@/lib/plane/edit/restore-masked';
import { shownDifference } from '@/lib/plane/edit/shown-difference';
import { withOneSource } from '@/lib/plane/edit/spec-patch';
import { checkMaintenance, maintenanceAnnotations } from '@/lib/plane/health/maintenance';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { applyMergePatch, mergePatchOf } from '@/lib/plane/json/merge-patch';
import { DESCRIPTION_ANNOTATION, DISPLAY_NAME_ANNOTATION } from '@/lib/plane/model/annotations';
import { descriptionProblem, displayNameProblem } from '@/lib/plane/model/display-name';
import type { Maintenance } from '@/lib/plane/model/maintenance';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { ProblemError } from '@/lib/server/http/problem';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { secretTexts } from '@/lib/server/kube/secret-texts';
import { withoutTexts } from '@/lib/server/kube/without-material';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { checkChangedCredentials } from './changed-credentials';
import { type LivePlane, readLivePlane, specOfObject } from './live-plane';
import { refuseManagedPlane } from './managed-elsewhere';
import { patchPlane } from './patch-plane';
import { changedMeanwhile, refusedChange } from './refused-change';
import { unchangedSince } from './unchanged-since';

/**
 * Changes labels, annotations and spec of a plane as the caller, or says what a change would make of it. Nothing that
 * somebody else changed since `resourceVersion` is overwritten; masks keep the secrets that are stored.
 *
 * @throws ProblemError `conflict`, `managed-elsewhere` (not for a dry run), `invalid-field` with paths of the form's draft or of the
 *   resource; KubeError when the API server cannot be asked
 */
export async function editPlane(
  caller: Caller,
  identity: PlaneIdentity,
  { resourceVersion, changes, dryRun = false, evenIfManaged = false }: PlaneEditRequest,
): Promise<PlaneEditAnswer> {
  const live = await readLivePlane(caller, identity);
  if (!(await unchangedSince(caller, live, resourceVersion))) throw changedMeanwhile(live);
  const { patch, notes } = patchOf(live, changes);
  if (patch === null) return answerOf(live, live, dryRun, notes);
  if (!dryRun && !evenIfManaged) refuseManagedPlane(live);
  const wanted = applyMergePatch(live.raw, patch);
  const publicText = withoutTexts([...secretTexts(live.raw), ...secretTexts(wanted)]);
  const warnings = [...notes, ...(await checkChangedCredentials(caller, live, wanted))];
  try {
    const patched = await patchPlane(caller, live, patch, { dryRun });
    return answerOf(live, patched.plane, dryRun, [...warnings, ...patched.warnings.map(publicText)]);
  } catch (error) {
    throw refusedChange(asKubeError(error), live, wanted, publicText, dryRun);
  }
}

interface PreparedPatch {
  /** Null: it changes nothing. */
  readonly patch: JsonObject | null;
  readonly notes: readonly string[];
}

/** @throws ProblemError `invalid-field` for a mask that keeps nothing, and for a maintenance that cannot be set */
function patchOf(live: LivePlane, changes: PlaneEditRequest['changes']): PreparedPatch {
  const { displayName, description, labels, maintenance, spec } = changes;
  const annotations = {
    ...changes.annotations,
    ...textAnnotation(DISPLAY_NAME_ANNOTATION, displayName),
    ...textAnnotation(DESCRIPTION_ANNOTATION, description),
  };
  checkWords(changes, annotations);
  const written = {
    ...annotations,
    ...(maintenance === undefined ? {} : checkedMaintenance(maintenance)),
  };
  const metadata = { ...filled('labels', labels), ...filled('annotations', written) };
  const restored = restoreMasked({ ...filled('metadata', metadata), ...filled('spec', spec) }, live);
  if ('problems' in restored) {
    const { problems } = restored;
    throw new ProblemError('invalid-field', problems.map(({ message }) => message).join(' '), {
      errors: problems,
    });
  }
  const given = restored.patch ?? {};
  const slots = credentialSlots(live.kind);
  const completed = isJsonObject(given.spec)
    ? withOneSource(given.spec, specOfObject(live.raw), slots)
    : { patch: undefined, notes: [] };
  const whole: JsonObject = { ...given, ...(completed.patch ? { spec: completed.patch } : {}) };
  // Only what differs from what is stored is sent, so that nobody becomes the manager of fields they left alone.
  return { patch: mergePatchOf(live.raw, applyMergePatch(live.raw, whole)), notes: completed.notes };
}

/** An empty group is no change, and must not become one by being made. */
function filled(name: string, group: JsonObject | undefined): JsonObject {
  return group && Object.keys(group).length > 0 ? { [name]: group } : {};
}

/** @throws ProblemError `invalid-field`, by the API server's clock: browsers' own may be wrong */
function checkedMaintenance(maintenance: Maintenance | null): Record<string, string | null> {
  const problems = maintenance ? checkMaintenance(maintenance, getRuntime().clock.nowMs()) : [];
  if (problems.length > 0)
    throw new ProblemError('invalid-field', problems.map(({ message }) => message).join(' '), {
      errors: problems.map(({ field, message }) => ({ path: ['changes', 'maintenance', field], message })),
    });
  return maintenanceAnnotations(maintenance);
}

/**
 * @param annotations as they are to be written, whichever way they were given
 * @throws ProblemError `invalid-field` at the place where they were
 */
function checkWords(
  changes: PlaneEditRequest['changes'],
  annotations: Readonly<Record<string, string | null>>,
): void {
  const given = [
    ['displayName', DISPLAY_NAME_ANNOTATION, displayNameProblem],
    ['description', DESCRIPTION_ANNOTATION, descriptionProblem],
  ] as const;
  const errors = given.flatMap(([field, annotation, problemOf]) => {
    const message = problemOf(annotations[annotation] ?? '');
    if (message === null) return [];
    const path = changes[field] === undefined ? ['metadata', 'annotations', annotation] : ['changes', field];
    return [{ path, message }];
  });
  if (errors.length === 0) return;
  throw new ProblemError('invalid-field', errors.map(({ message }) => message).join(' '), { errors });
}

/** A text that is empty is none. */
function textAnnotation(name: string, text: string | null | undefined): Record<string, string | null> {
  if (text === undefined) return {};
  return { [name]: text === null || text.trim() === '' ? null : text.trim() };
}

function answerOf(
  before: LivePlane,
  after: LivePlane,
  dryRun: boolean,
  warnings: readonly string[],
): PlaneEditAnswer {
  const shown = shownDifference(before.raw, after.raw);
  return {
    dryRun,
    resourceVersion: after.resourceVersion,
    before: stringify(shown.before, { lineWidth: 0 }),
    after: stringify(shown.after, { lineWidth: 0 }),
    warnings: [...new Set(warnings)],
  };
}
