import type { ReasonCode } from '@/lib/plane/health/health-finding';
import { shellQuote } from '@/lib/plane/model/shell-commands';
import { controlPlaneKubectl, remedy } from './commands';
import { type ControlPlaneView, controlPlaneView } from './control-plane-view';
import { type DiagnosisFinding, hasReason, type Remedy, severityOfCause } from './diagnosis-finding';
import { type DiagnosisInput, readAge } from './diagnosis-input';

const OF_STATUS: readonly ReasonCode[] = [
  'status-missing',
  'heartbeat-stale',
  'heartbeat-missing',
  'never-connected',
];
const OF_AGENT: readonly ReasonCode[] = [...OF_STATUS, 'agent-lost'];

/** Explains that all planes were lost or froze together, with the evidence from the control plane's own objects. */
export function incidentFindings(input: DiagnosisInput): DiagnosisFinding[] {
  if (!hasReason(input, 'control-plane-incident')) return [];
  const [incident] = input.fleet.incidents;
  const view = controlPlaneView(input);
  return [
    {
      code: 'control-plane-incident',
      severity: severityOfCause(input, 'agent-lost', 'heartbeat-stale'),
      title: 'Incident of the control plane',
      known:
        incident?.message ??
        'All planes that were connected were lost or froze together: the control plane is the likely cause, not the planes.',
      evidence: `The heartbeats and losses of the whole fleet, compared with each other. ${controlPlaneEvidence(input, view)}`,
      consequence: `${suspectText(view, incident?.kind)} Agents dial again by themselves, so there is most likely nothing to mend in the plane's own cluster.`,
      remedies: controlPlaneRemedies(input, view),
    },
  ];
}

/** Finds a controller that isn't working, judged by its lease or its Deployment. */
export function controllerDownFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const view = controlPlaneView(input);
  if (view.controller !== 'down') return [];
  return [
    {
      code: 'controller-down',
      severity: severityOfCause(input, ...OF_STATUS),
      title: "OpenChoreo's controller is not at work",
      known: view.controllerText,
      evidence: `Deployment and Lease in ${input.controlPlaneNamespace}, read with your rights${readAge(input)}.`,
      consequence:
        'No status is written while it is away: what planes say of their agents stays as it was and goes stale, changes are not taken up, and deletions do not end. The agents themselves may well be connected.',
      remedies: controllerRemedies(input, view),
    },
  ];
}

/** Finds a gateway without a ready replica, judged by its Deployment. */
export function gatewayDownFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const view = controlPlaneView(input);
  if (view.gateway !== 'down') return [];
  return [
    {
      code: 'gateway-down',
      severity: severityOfCause(input, ...OF_AGENT),
      title: 'The cluster gateway is not ready',
      known: view.gatewayText,
      evidence: `Its Deployment in ${input.controlPlaneNamespace}, read with your rights${readAge(input)}.`,
      consequence:
        'Every agent of every plane dials this gateway. While no replica is ready none can connect anew, and the controllers most likely cannot ask it: then statuses freeze, and deletions wait.',
      remedies: gatewayRemedies(input, view),
    },
  ];
}

/**
 * Describes what was read of the controller and the gateway, or why nothing was, for statuses that may have frozen.
 */
export function controlPlaneEvidence(input: DiagnosisInput, view: ControlPlaneView): string {
  const { related, controlPlaneNamespace } = input;
  if (related === null) return 'Controller and gateway have not been looked at yet.';
  switch (related.value.controlPlane.state) {
    case 'not-visible':
      return `The Deployments and Leases in ${controlPlaneNamespace} could not be read with your rights, so this could not be checked against them.`;
    case 'not-found':
      return `No controller or gateway was found in ${controlPlaneNamespace}, so this could not be checked against them.`;
    case 'read': {
      const words = [view.controllerText, view.gatewayText].filter((one) => one !== '').join(' ');
      return words === ''
        ? 'Their Deployments and the Lease were looked for, and say nothing of this.'
        : `Of controller and gateway, read${readAge(input)}: ${words}`;
    }
  }
}

/** Names the component that most likely failed. */
export function suspectText(
  { controller, gateway }: ControlPlaneView,
  kind: 'disconnected' | 'frozen' | 'mixed' = 'frozen',
): string {
  if (controller === 'down' && gateway === 'down')
    return 'Neither the controller nor the gateway is at work: that explains it.';
  if (controller === 'down') return 'The controller is not at work: that explains frozen statuses.';
  if (gateway === 'down')
    return 'The gateway is not ready: the controller has nobody to ask, and agents cannot connect.';
  if (controller === 'runs' && gateway === 'ready') {
    return kind === 'disconnected'
      ? 'Both run now. A gateway that restarts loses all agents for about a minute; if they stay away, suspect the way to it: its address, load balancer or certificate.'
      : "Both look well from outside. Suspect a gateway that hangs although its probes answer, or the controller's way to it.";
  }
  if (controller === 'runs') return 'The controller runs, so the gateway is the suspect.';
  if (gateway === 'ready' && kind !== 'disconnected')
    return 'The gateway is ready; whether the controller works could not be told.';
  return kind === 'disconnected'
    ? 'The gateway, or the way to it, is the likely cause.'
    : 'Either the controller or the gateway has stopped.';
}

/** Returns how to check the components that may have stopped. */
export function controlPlaneRemedies(input: DiagnosisInput, view: ControlPlaneView): Remedy[] {
  if (view.controller === 'down' && view.gateway !== 'down') return controllerRemedies(input, view);
  if (view.gateway === 'down' && view.controller !== 'down') return gatewayRemedies(input, view);
  const [pods, ...ofGateway] = gatewayRemedies(input, view);
  return [...(pods ? [pods] : []), ...logsRemedy(input, 'controller', view.controllerName), ...ofGateway];
}

function controllerRemedies(input: DiagnosisInput, view: ControlPlaneView): Remedy[] {
  return [podsRemedy(input), ...logsRemedy(input, 'controller', view.controllerName)];
}

function gatewayRemedies(input: DiagnosisInput, view: ControlPlaneView): Remedy[] {
  const restart =
    view.gatewayName === null
      ? []
      : [
          remedy(
            'If it hangs, restart it. Every agent of every plane loses its connection and dials again, which takes about a minute.',
            controlPlaneKubectl(
              input,
              `rollout restart deployment/${shellQuote(view.gatewayName)} -n ${shellQuote(input.controlPlaneNamespace)}`,
            ),
          ),
        ];
  return [podsRemedy(input), ...logsRemedy(input, 'gateway', view.gatewayName), ...restart];
}

function podsRemedy(input: DiagnosisInput): Remedy {
  return remedy(
    'Look whether the pods of controller and gateway run, and how often they restarted.',
    controlPlaneKubectl(input, `get pods -n ${shellQuote(input.controlPlaneNamespace)}`),
  );
}

/** Returns a command for the component's log, if its Deployment's name is known. */
export function logsRemedy(input: DiagnosisInput, what: string, deployment: string | null): Remedy[] {
  if (deployment === null) return [];
  return [
    remedy(
      `Read the ${what}'s log.`,
      controlPlaneKubectl(
        input,
        `logs -n ${shellQuote(input.controlPlaneNamespace)} deployment/${shellQuote(deployment)} --tail=50`,
      ),
    ),
  ];
}
