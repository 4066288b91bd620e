import { isMeasured, reliesOnController } from '@/lib/plane/health/condition-rules';
import { gatewayRestartEffect, mayRejectGateway } from '@/lib/plane/health/control-plane-certificates';
import type { ReasonCode } from '@/lib/plane/health/health-finding';
import type { Incident } from '@/lib/plane/health/incident';
import { incidentTitle } from '@/lib/plane/health/incident-text';
import { shellQuote } from '@/lib/plane/model/shell-commands';
import { controlPlaneKubectl, remedy } from './commands';
import { type ControlPlaneView, controlPlaneView, provenWork } from './control-plane-view';
import { type DiagnosisFinding, hasReason, type Remedy, severityOfCause } from './diagnosis-finding';
import { type DiagnosisInput, readAge, usesGateway } from './diagnosis-input';

const OF_STATUS: readonly ReasonCode[] = [
  'status-missing',
  'heartbeat-stale',
  'heartbeat-missing',
  'never-connected',
];
const OF_AGENT: readonly ReasonCode[] = [...OF_STATUS, 'agent-lost'];

/**
 * Explains that planes were lost together, with the evidence from the control plane's own objects.
 */
export function incidentFindings(input: DiagnosisInput): DiagnosisFinding[] {
  // Without a controller for its kind, its status says nothing about an incident.
  if (!hasReason(input, 'control-plane-incident') || input.row.plane.facts.unreconciled) return [];
  const incident = input.fleet.incidents.find(({ id }) => id === input.row.plane.facts.incident);
  const view = controlPlaneView(input);
  if (incident?.code === 'lost-together') return [partFinding(input, incident, view)];
  return [
    {
      code: 'control-plane-incident',
      severity: severityOfCause(input, 'agent-lost', 'heartbeat-stale'),
      title: 'Control plane incident',
      known:
        incident?.message ??
        'Several planes were lost together. The likely cause is the control plane, not the planes.',
      evidence: `Heartbeats and disconnections of the whole fleet, compared with each other. ${controlPlaneEvidence(input, view)}`,
      consequence: `${suspectText(view, incident?.kind)} ${returnText(input, ", so there is most likely nothing to fix in the plane's own cluster")}`,
      remedies: controlPlaneRemedies(input, view),
    },
  ];
}

/** Explains that a part of the fleet was lost together. Other planes are up, so a restart of the gateway harms them. */
function partFinding(input: DiagnosisInput, incident: Incident, view: ControlPlaneView): DiagnosisFinding {
  return {
    code: 'control-plane-incident',
    severity: severityOfCause(input, 'agent-lost', 'heartbeat-stale'),
    title: incidentTitle(incident),
    known: incident.message,
    evidence: `Heartbeats and disconnections of the whole fleet, compared with each other. ${controlPlaneEvidence(input, view)}`,
    consequence: `${lostPartText(input, view) ?? suspectText(view, incident.kind)} ${returnText(input, ' after the repair')}`,
    remedies:
      lostPartText(input, view) === null
        ? controlPlaneRemedies(input, view)
        : [podsRemedy(input), ...logsRemedy(input, 'gateway', view.gatewayName)],
  };
}

/** Says whether agents return by themselves. An agent that rejects the gateway's certificate doesn't. */
function returnText({ gateway, nowMs }: DiagnosisInput, andThen: string): string {
  return mayRejectGateway(gateway, nowMs)
    ? "Agents reconnect automatically, except those that reject the gateway's certificate."
    : `Agents reconnect automatically${andThen}.`;
}

/**
 * Returns what explains a plane that was lost together with a part of the fleet, if neither component is down; null for
 * every other plane. The rest of the fleet then depends on the gateway, so nothing may advise to restart it.
 */
export function lostPartText({ row, fleet }: DiagnosisInput, view: ControlPlaneView): string | null {
  const incident = fleet.incidents.find(({ id }) => id === row.plane.facts.incident);
  return incident?.code !== 'lost-together' || view.controller === 'down' || view.gateway === 'down'
    ? null
    : 'Other planes were up at the same time, so compare what the lost ones share: a gateway replica, a region, a network or a load balancer.';
}

/** Finds a controller that isn't working, judged by its lease or its Deployment. */
export function controllerDownFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const view = controlPlaneView(input);
  // Without a controller for its kind, the recovery of OpenChoreo's controller would change nothing about this plane.
  if (view.controller !== 'down' || input.row.plane.facts.unreconciled) return [];
  return [
    {
      code: 'controller-down',
      severity: severityOfCause(input, ...OF_STATUS),
      title: "OpenChoreo's controller isn't working",
      known: view.controllerText,
      evidence: `Deployment and Lease in ${input.controlPlaneNamespace}, read with your permissions${readAge(input)}.`,
      consequence: `Until it recovers, no status is updated: ${frozenText(input)}`,
      remedies: controllerRemedies(input, view),
    },
  ];
}

function frozenText(input: DiagnosisInput): string {
  const { plane } = input.row;
  if (isMeasured(plane))
    return "agent reports go stale, changes aren't applied, and deletions don't finish. The agents themselves may still be connected.";
  const conditions = reliesOnController(plane)
    ? " The conditions don't count meanwhile, so the plane doesn't count as healthy."
    : '';
  return `conditions stay as they are, changes aren't applied, and deletions don't finish.${conditions}`;
}

/** Finds a gateway without a ready replica, judged by its Deployment. */
export function gatewayDownFindings(input: DiagnosisInput): DiagnosisFinding[] {
  const view = controlPlaneView(input);
  // Without a controller for its kind, the gateway's recovery would change nothing about this plane.
  if (view.gateway !== 'down' || input.row.plane.facts.unreconciled) return [];
  return [
    {
      code: 'gateway-down',
      severity: severityOfCause(input, ...OF_AGENT),
      title: "The cluster gateway isn't ready",
      known: view.gatewayText,
      evidence: `Its Deployment in ${input.controlPlaneNamespace}, read with your permissions${readAge(input)}.`,
      consequence:
        "Every agent of every plane connects to this gateway. While no replica is ready, no agent can reconnect, and the controllers most likely can't reach it. Statuses then go stale, and deletions wait.",
      remedies: gatewayRemedies(input, view),
    },
  ];
}

/**
 * Describes what was read of the controller and the gateway, or why nothing was, for statuses that may be stale.
 */
export function controlPlaneEvidence(input: DiagnosisInput, view: ControlPlaneView): string {
  const { related, controlPlaneNamespace } = input;
  const isDirect = !usesGateway(input);
  if (related === null)
    return isDirect
      ? "The controller hasn't been checked yet."
      : "The controller and the gateway haven't been checked yet.";
  switch (related.value.controlPlane.state) {
    case 'not-visible':
      return `The Deployments and Leases in ${controlPlaneNamespace} couldn't be read with your permissions, so they couldn't confirm this.`;
    case 'not-found':
      return `No controller${isDirect ? '' : ' or gateway'} was found in ${controlPlaneNamespace}, so ${isDirect ? 'it' : 'they'} couldn't confirm this.`;
    case 'read': {
      const text = [view.controllerText, view.gatewayText].filter((one) => one !== '').join(' ');
      return text === ''
        ? "The control plane's Deployments and Lease show nothing about this."
        : `${isDirect ? 'Controller' : 'Controller and gateway'}, read${readAge(input)}: ${text}`;
    }
  }
}

/** Names the component that most likely failed. */
export function suspectText(
  { controller, gateway }: ControlPlaneView,
  kind: 'disconnected' | 'frozen' | 'mixed' = 'frozen',
): string {
  if (controller === 'down' && gateway === 'down')
    return 'Neither the controller nor the gateway is working, which explains this.';
  if (controller === 'down') return "The controller isn't working, which explains stale statuses.";
  if (gateway === 'down')
    return "The gateway isn't ready, so the controller gets no data from it and agents can't connect.";
  if (controller === 'runs' && gateway === 'ready') {
    return kind === 'disconnected'
      ? "Both run now. A gateway restart disconnects all agents for about a minute. If they don't reconnect, check the path to the gateway: its address, load balancer and certificate."
      : 'Both appear healthy from outside. The gateway may hang although its probes succeed, or the controller may be unable to reach it.';
  }
  if (controller === 'runs') return 'The controller runs, so the gateway is the likely cause.';
  if (gateway === 'ready' && kind !== 'disconnected')
    return "The gateway is ready. Whether the controller works isn't known.";
  return kind === 'disconnected'
    ? 'The gateway, or the path to it, is the likely cause.'
    : 'Either the controller or the gateway has stopped.';
}

/** Returns how to check the components that may have stopped, and nothing about one that is proven to work. */
export function controlPlaneRemedies(input: DiagnosisInput, view: ControlPlaneView): Remedy[] {
  if (!usesGateway(input)) return controllerRemedies(input, view);
  if (provenWork(input, view).gateway)
    return view.controller === 'down'
      ? controllerRemedies(input, view)
      : logsRemedy(input, 'controller', view.controllerName);
  if (view.controller === 'down' && view.gateway !== 'down') return controllerRemedies(input, view);
  if (view.gateway === 'down' && view.controller !== 'down') return gatewayRemedies(input, view);
  if (lostPartText(input, view) !== null)
    return [
      podsRemedy(input),
      ...logsRemedy(input, 'controller', view.controllerName),
      ...logsRemedy(input, 'gateway', view.gatewayName),
    ];
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
            `If the gateway hangs, restart it. ${gatewayRestartEffect(input.gateway, input.nowMs)}`,
            controlPlaneKubectl(
              input,
              `rollout restart deployment/${shellQuote(view.gatewayName)} -n ${shellQuote(input.controlPlaneNamespace)}`,
            ),
            undefined,
            'all-planes',
          ),
        ];
  return [podsRemedy(input), ...logsRemedy(input, 'gateway', view.gatewayName), ...restart];
}

function podsRemedy(input: DiagnosisInput): Remedy {
  return remedy(
    usesGateway(input)
      ? 'Check whether the controller and gateway pods run, and how often they restarted.'
      : "Check whether the controller's pods run, and how often they restarted.",
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
