import 'server-only';
import type { PlaneEditAnswer, PlaneEditRequest } from '@/lib/api/edit';
import type { EditConsequence } from '@/lib/plane/edit/edit-consequences';
import { shownDifference } from '@/lib/plane/edit/shown-difference';
import { applyMergePatch } from '@/lib/plane/json/merge-patch';
import { yamlText } from '@/lib/plane/json/yaml-text';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { managingToolOf } from '@/lib/plane/related/managing-tool';
import { hideSecrets, secretValues } from '@/lib/server/kube/hide-secrets';
import { showsChange } from '@/lib/server/kube/write-proof';
import type { Caller } from '@/lib/server/rights/caller';
import { checkEditedCredentials } from './check-edited-credentials';
import { consequencesOfEdit } from './edit-effect';
import { editPatch, writtenPatch } from './edit-patch';
import { type LivePlane, readLivePlane } from './live-plane';
import { refuseManagedPlane } from './managed-elsewhere';
import { changeSince, patchPlane } from './patch-plane';
import { editConflict, rejectedWrite } from './rejected-write';
import type { StoredPlane } from './stored-plane';

/**
 * Changes labels, annotations and spec of a plane as the caller, or returns what a change would do. Never overwrites
 * a change made since `resourceVersion`. Masks keep the stored secrets.
 *
 * @throws ProblemError `conflict`, `managed-elsewhere` (not for a dry run), `invalid-field` with paths of the form's
 * draft or of the resource; KubeError when the API server can't be reached
 */
export async function editPlane(
  caller: Caller,
  identity: PlaneIdentity,
  { resourceVersion, changes, dryRun = false, evenIfManaged = false }: PlaneEditRequest,
): Promise<PlaneEditAnswer> {
  const live = await readLivePlane(caller, identity);
  const conflict = await changeSince(caller, live, resourceVersion);
  // A proxy may send a request twice. The second finds its own change.
  if (conflict && (dryRun || !hasChanges(live, changes))) throw editConflict(conflict, writtenPatch(changes));
  const { patch, notes } = editPatch(live, changes);
  if (patch === null)
    return {
      ...answerOf(live, { plane: live, notStored: [] }, dryRun, notes),
      ...(dryRun ? { consequences: [], ...managerOf(live) } : {}),
    };
  if (!dryRun && !evenIfManaged) refuseManagedPlane(live);
  const wanted = applyMergePatch(live.raw, patch);
  const warnings = await checkEditedCredentials(caller, live, wanted);
  const hide = hideSecrets([...secretValues(live.raw), ...secretValues(wanted)]);
  try {
    const [patched, consequences] = await Promise.all([
      patchPlane(caller, live, patch, { dryRun }),
      dryRun ? consequencesOfEdit(caller, live, wanted) : undefined,
    ]);
    return {
      ...answerOf(live, patched, dryRun, [...notes, ...warnings, ...patched.warnings.map(hide)]),
      ...(consequences ? { consequences: consequences.map(hideIn(hide)), ...managerOf(live) } : {}),
    };
  } catch (error) {
    throw rejectedWrite(error, live, wanted, hide, dryRun);
  }
}

/** Lets a caller decide about a managed plane before anything is written. */
function managerOf(live: LivePlane): Pick<PlaneEditAnswer, 'managedBy'> {
  const managedBy = managingToolOf(live.raw, live.kind.entry.kind);
  return managedBy ? { managedBy } : {};
}

function hasChanges(live: LivePlane, changes: PlaneEditRequest['changes']): boolean {
  return showsChange(live.raw, writtenPatch(changes)) && editPatch(live, changes).patch === null;
}

/** A URL may contain a token. */
function hideIn(hide: (text: string) => string) {
  return ({ code, weight, text, objects }: EditConsequence) => ({
    code,
    weight,
    text: hide(text),
    objects: [...objects],
  });
}

function answerOf(
  before: LivePlane,
  { plane: after, notStored }: StoredPlane,
  dryRun: boolean,
  warnings: readonly string[],
): PlaneEditAnswer {
  const shown = shownDifference(before.raw, after.raw);
  return {
    dryRun,
    resourceVersion: after.resourceVersion,
    before: yamlText(shown.before),
    after: yamlText(shown.after),
    notStored: notStored.map((path) => [...path]),
    warnings: [...new Set(warnings)],
  };
}
