import type { HealthReason } from '@/lib/plane/health/health';
import { deletionBlock } from '@/lib/plane/model/conditions';
import { PLANE_GROUP } from '@/lib/plane/model/kinds';
import { objectName } from '@/lib/plane/model/plane-path';
import { planeArguments, removeFinalizersCommand, shellQuote } from '@/lib/plane/model/shell-commands';
import { asSentence, joinSome } from '@/lib/plane/model/text';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { controlPlaneKubectl, remedy } from './commands';
import { controlPlaneEvidence, controlPlaneRemedies, logsRemedy } from './control-plane-findings';
import { type ControlPlaneView, controlPlaneView } from './control-plane-view';
import { type DiagnosisFinding, type Remedy, severityOfReason } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';

/** Explains a deletion that is within the usual time. */
export function deletingFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'deleting',
    severity: 'note',
    title: 'Being deleted',
    known: `${reason.message}${sinceText(input)}`,
    evidence: 'metadata.deletionTimestamp.',
    consequence:
      'It is gone once its finalizers are. Deleting disconnects every agent of its planeID, those of planes that share it included; theirs come back after seconds. A deletion cannot be taken back.',
    remedies: [],
  };
}

/** Explains a deletion that waits for objects that still refer to the plane. */
export function blockedFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const { plane } = input.row;
  const namespace = plane.namespace === undefined ? '--all-namespaces' : `-n ${shellQuote(plane.namespace)}`;
  return {
    code: 'deletion-blocked',
    severity: severityOfReason(input, reason),
    title: 'Its deletion is blocked',
    known: `${asSentence(reason.message)}${blockerText(input)}`,
    evidence: `The condition Finalizing, reason ${deletionBlock(plane.conditions)?.reason ?? 'DeletionBlocked'}, which its controller wrote.${sinceText(input)}`,
    consequence:
      'It stays until nothing refers to it any more. A deletion cannot be taken back, only completed.',
    remedies: [
      remedy('See what refers to it.', undefined, 'open-referrers'),
      remedy(
        "An Environment's dataPlaneRef cannot be changed: each of these has to be deleted, with what is deployed in it, and made anew on another plane.",
        controlPlaneKubectl(input, `get environments.${PLANE_GROUP} ${namespace}`),
      ),
    ],
  };
}

function blockerText({ related }: DiagnosisInput): string {
  if (related === null) return '';
  const blockers = related.value.referrers.filter(({ kind }) => kind === 'Environment').map(objectName);
  if (blockers.length > 0) return ` It is referred to by ${joinSome(blockers)}.`;
  return related.value.referrersNotVisible.includes('Environment')
    ? ' Environments could not be listed with your rights, so which ones is not known.'
    : '';
}

/**
 * Explains a deletion that takes too long. Planeboard never removes finalizers; the finding says what that would do.
 */
export function slowFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const { plane } = input.row;
  const view = controlPlaneView(input);
  const finalizer = `${PLANE_GROUP}/${plane.kind.toLowerCase()}-cleanup`;
  return {
    code: 'deletion-slow',
    severity: severityOfReason(input, reason),
    title: 'Its deletion hangs',
    known: `${reason.message}${sinceText(input)}`,
    evidence: `metadata.deletionTimestamp against the API server's clock. ${controlPlaneEvidence(input, view)}`,
    consequence: `It stays in Terminating until its finalizers are gone. ${finalizer} is taken away by the controller, once the gateway has let the agents go${waitsFor(view)}`,
    remedies: isAtWork(view)
      ? [...logsRemedy(input, 'controller', view.controllerName), ...finalizerRemedies(input)]
      : [...controlPlaneRemedies(input, view), ...finalizerRemedies(input)],
  };
}

/** Returns whether both components work. Restarting the gateway would then only disconnect every agent. */
function isAtWork({ controller, gateway }: ControlPlaneView): boolean {
  return controller === 'runs' && gateway === 'ready';
}

/** Describes what the deletion waits for, judged by what was read of the controller and the gateway. */
function waitsFor(view: ControlPlaneView): string {
  if (isAtWork(view))
    return '. Controller and gateway are at work, so it waits for neither: the controller fails on it, or the finalizer is one of somebody else.';
  const { controller, gateway } = view;
  if (controller === 'down' && gateway === 'down') return '. Neither is at work, so it waits for both.';
  if (controller === 'down') return '. The controller is not at work, so it waits for that.';
  if (gateway === 'down') return '. The gateway is not ready, so it waits for that.';
  return ', so one of the two may be down.';
}

function finalizerRemedies(input: DiagnosisInput): Remedy[] {
  const { plane } = input.row;
  return [
    remedy(
      'See which finalizers it waits for; others than OpenChoreo may have added theirs.',
      controlPlaneKubectl(input, `get ${planeArguments(plane)} -o jsonpath='{.metadata.finalizers}'`),
    ),
    remedy(
      'Only if the controller will never come back: take all finalizers away. The plane is gone at once and nothing is cleaned up: its agents stay connected to the gateway, and what referred to it refers to nothing.',
      removeFinalizersCommand(plane, input.contexts.controlPlane),
    ),
  ];
}

function sinceText({ row }: DiagnosisInput): string {
  const sinceMs = parseTimeMs(row.plane.deletingSince);
  return sinceMs === null ? '' : ` Deleted at ${formatUtc(sinceMs)}.`;
}
