import type { HealthReason } from '@/lib/plane/health/health';
import { deletionBlock } from '@/lib/plane/model/conditions';
import { finalizerRemovalText, finalizerText } from '@/lib/plane/model/finalizer-texts';
import { PLANE_GROUP } from '@/lib/plane/model/kinds';
import { objectName } from '@/lib/plane/model/plane-path';
import { planeArguments, removeFinalizersCommand, shellQuote } from '@/lib/plane/model/shell-commands';
import { asSentence, joinSome } from '@/lib/plane/model/text';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { controlPlaneKubectl, remedy } from './commands';
import { controlPlaneEvidence, controlPlaneRemedies, logsRemedy } from './control-plane-findings';
import { type ControlPlaneView, controlPlaneView, provenWork } from './control-plane-view';
import { type DiagnosisFinding, hasReason, type Remedy, severityOfReason } from './diagnosis-finding';
import { type DiagnosisInput, usesGateway } from './diagnosis-input';

/** Explains a deletion that is within the usual time. */
export function deletingFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  return {
    code: 'deleting',
    severity: 'note',
    title: 'Being deleted',
    known: `${reason.message}${sinceText(input)}`,
    evidence: 'metadata.deletionTimestamp.',
    consequence: `The deletion completes once its finalizers are removed. ${effectText(input)}A deletion can't be undone.`,
    remedies: [],
  };
}

function effectText(input: DiagnosisInput): string {
  const { plane } = input.row;
  if (plane.facts.unreconciled) return `${finalizerText(plane)} `;
  return usesGateway(input)
    ? 'It disconnects every agent on its planeID, including those of planes that share it. The agents of those planes try to reconnect within seconds. '
    : '';
}

/** Explains a deletion that waits for objects that still refer to the plane. */
export function blockedFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const { plane } = input.row;
  const namespace = plane.namespace === undefined ? '--all-namespaces' : `-n ${shellQuote(plane.namespace)}`;
  return {
    code: 'deletion-blocked',
    severity: severityOfReason(input, reason),
    title: 'Deletion is blocked',
    known: `${asSentence(reason.message)}${blockerText(input)}`,
    evidence: `Condition Finalizing, reason ${deletionBlock(plane.conditions)?.reason ?? 'DeletionBlocked'}, set by its controller.${sinceText(input)}`,
    consequence: "The plane stays until nothing refers to it. A deletion can't be undone, only completed.",
    remedies: [
      remedy('See what refers to it.', undefined, 'open-referrers'),
      remedy(
        "Delete each of these Environments, with everything deployed in it, and recreate it on another plane. An Environment's dataPlaneRef can't be changed.",
        controlPlaneKubectl(input, `get environments.${PLANE_GROUP} ${namespace}`),
        undefined,
        'others',
      ),
    ],
  };
}

function blockerText({ related }: DiagnosisInput): string {
  if (related === null) return '';
  const blockers = related.value.referrers.filter(({ kind }) => kind === 'Environment').map(objectName);
  if (blockers.length > 0)
    return ` ${joinSome(blockers)} still ${blockers.length === 1 ? 'refers' : 'refer'} to it.`;
  return related.value.referrersNotVisible.includes('Environment')
    ? " Environments couldn't be listed with your permissions, so it isn't known which ones refer to it."
    : '';
}

/**
 * Explains a deletion that takes too long. Planeboard never removes finalizers; the finding says what that would do.
 */
export function slowFinding(input: DiagnosisInput, reason: HealthReason): DiagnosisFinding {
  const { plane } = input.row;
  const view = controlPlaneView(input);
  const finalizer = `${PLANE_GROUP}/${plane.kind.toLowerCase()}-cleanup`;
  const finding = {
    code: 'deletion-slow',
    severity: severityOfReason(input, reason),
    title: 'Deletion takes too long',
    known: `${reason.message}${sinceText(input)}`,
  } as const;
  if (plane.facts.unreconciled)
    return {
      ...finding,
      evidence: "metadata.deletionTimestamp, compared with the API server's clock.",
      consequence: `The plane stays in Terminating until its finalizers are removed. ${finalizerText(plane)}`,
      remedies: finalizerRemedies(input),
    };
  return {
    ...finding,
    evidence: `metadata.deletionTimestamp, compared with the API server's clock. ${controlPlaneEvidence(input, view)}`,
    consequence: `The plane stays in Terminating until its finalizers are removed. The controller removes ${finalizer}${usesGateway(input) ? ' once the gateway has disconnected the agents' : ''}${waitsFor(input, view)}`,
    remedies: isAtWork(input, view)
      ? [...logsRemedy(input, 'controller', view.controllerName), ...finalizerRemedies(input)]
      : [...controlPlaneRemedies(input, view), ...finalizerRemedies(input)],
  };
}

/** Returns whether both components work. Restarting the gateway would then only disconnect every agent. */
function isAtWork(input: DiagnosisInput, view: ControlPlaneView): boolean {
  if (hasReason(input, 'control-plane-incident')) return false;
  const proven = provenWork(input, view);
  return (
    (proven.controller || view.controller === 'runs') &&
    (!usesGateway(input) || proven.gateway || view.gateway === 'ready')
  );
}

/** Describes what the deletion waits for, judged by what was read of the controller and the gateway. */
function waitsFor(input: DiagnosisInput, view: ControlPlaneView): string {
  if (!usesGateway(input)) return waitsForController(input, view);
  if (isAtWork(input, view))
    return '. The controller and the gateway work, so either the controller fails on this plane, or the finalizer belongs to another tool.';
  const { controller, gateway } = view;
  if (controller === 'down' && gateway === 'down')
    return '. Neither component is working, so the deletion waits for both.';
  if (controller === 'down') return ". The controller isn't working, so the deletion waits for it.";
  if (gateway === 'down') return ". The gateway isn't ready, so the deletion waits for it.";
  return provenWork(input, view).gateway
    ? ". The gateway works for other planes, so this kind's controller may be down."
    : ', so the controller or the gateway may be down.';
}

/** The same for a plane with direct access. */
function waitsForController(input: DiagnosisInput, view: ControlPlaneView): string {
  if (isAtWork(input, view))
    return '. The controller works, so either it fails on this plane, or the finalizer belongs to another tool.';
  return view.controller === 'down'
    ? ". The controller isn't working, so the deletion waits for it."
    : ', so the controller may be down.';
}

function finalizerRemedies(input: DiagnosisInput): Remedy[] {
  const { plane } = input.row;
  return [
    remedy(
      'See which finalizers remain. Tools other than OpenChoreo may have added some.',
      controlPlaneKubectl(input, `get ${planeArguments(plane)} -o jsonpath='{.metadata.finalizers}'`),
    ),
    remedy(
      finalizerRemovalText(plane),
      removeFinalizersCommand(plane, input.contexts.controlPlane),
      undefined,
      'others',
    ),
  ];
}

function sinceText({ row }: DiagnosisInput): string {
  const sinceMs = parseTimeMs(row.plane.deletingSince);
  return sinceMs === null ? '' : ` Deletion requested at ${formatUtc(sinceMs)}.`;
}
