import { AGENT_SECRET, agentChart, agentSetup } from '@/lib/plane/agent-setup/agent-setup';
import { remedyCommand } from '@/lib/plane/agent-setup/remedy-commands';
import type { RemedyCommand, SetupRemedy } from '@/lib/plane/agent-setup/verdict';
import { restartStep } from '@/lib/plane/health/agent-restart';
import { kindOfName } from '@/lib/plane/model/kinds';
import { kubectl, nameArguments } from '@/lib/plane/model/shell-commands';
import { caView } from './ca-view';
import { REACH_OF_ACTION, type Reach, type Remedy, type RemedyAction } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';

/** Returns a kubectl command for the control plane. The arguments are already quoted. */
export function controlPlaneKubectl({ contexts }: DiagnosisInput, args: string): string {
  return kubectl('control-plane', contexts.controlPlane, args);
}

/** Returns a Secret, given as `namespace/name`, as kubectl arguments. */
export function secretArguments(secret: string): string {
  const [namespace = '', name = ''] = secret.split('/');
  return nameArguments({ namespace, name });
}

/**
 * Returns a command for the plane's own cluster, or undefined if this release's names aren't known: before planeID
 * (0.9) the charts were different.
 */
export function agentCommand(input: DiagnosisInput, command: RemedyCommand): string | undefined {
  const role = chartRole(input);
  if (role === null) return undefined;
  const { contexts, controlPlaneNamespace } = input;
  const places = {
    planeContext: contexts.plane,
    controlPlaneContext: contexts.controlPlane,
    controlPlaneNamespace,
  };
  return remedyCommand(command, role, places) ?? undefined;
}

/** Returns a command that saves the CA in the agent's Secret to a file, or undefined if the Secret isn't known. */
export function saveAgentCa(input: DiagnosisInput, file: string): string | undefined {
  const role = chartRole(input);
  if (role === null) return undefined;
  return kubectl(
    'plane',
    input.contexts.plane,
    `get secret ${AGENT_SECRET.name} -n ${agentChart(role).name} \\\n  -o jsonpath='{.data.ca\\.crt}' | base64 -d > ${file}`,
  );
}

function chartRole({ features, row }: DiagnosisInput) {
  if (features === null || agentSetup(features, row.plane.connection) !== 'commands') return null;
  return kindOfName(row.plane.kind)?.role ?? null;
}

/**
 * Assembles a remedy with its command and action, if any.
 *
 * @param reach must be given if the command, or what the text asks for, changes anything
 */
export function remedy(
  text: string,
  command?: string | undefined,
  action?: RemedyAction,
  reach: Reach = action === undefined ? 'nothing' : REACH_OF_ACTION[action],
): Remedy {
  return {
    text,
    reach,
    ...(command === undefined ? {} : { command }),
    ...(action === undefined ? {} : { action }),
  };
}

/** Returns a setup check's remedies with their commands filled in. */
export function remediesOf(input: DiagnosisInput, remedies: readonly SetupRemedy[]): Remedy[] {
  return remedies.flatMap(({ text, command }) =>
    command === 'restart-agent'
      ? restartAgentRemedies(input, text)
      : [remedy(text, command && agentCommand(input, command))],
  );
}

/**
 * Returns the remedy that restarts the agent; empty if its command isn't known. Planes on the same planeID have the same
 * agent. While a registered certificate isn't valid yet, a restart could disconnect the agent, so there is no command.
 */
export function restartAgentRemedies(input: DiagnosisInput, text: string, action?: RemedyAction): Remedy[] {
  const command = agentCommand(input, 'restart-agent');
  if (command === undefined) return [];
  const isShared = input.row.plane.facts.siblings > 0;
  const effect = isShared ? ' The other planes on its planeID disconnect for some seconds too.' : '';
  const step = restartStep(caView(input).fact, input.nowMs, text);
  return [
    remedy(
      `${step.text}${effect}`,
      step.kind === 'restart' ? command : undefined,
      step.kind === 'cover' ? 'replace-certificate' : action,
      isShared ? 'others' : 'plane',
    ),
  ];
}

/** Refreshes the status, in case the controller is late or silent. */
export const REFRESH_REMEDY = remedy('Refresh the status.', undefined, 'refresh');

/** Like `REFRESH_REMEDY`, where a silent controller would itself be a finding. */
export const QUICK_REFRESH_REMEDY = remedy(
  'Refresh the status. A working controller responds within seconds.',
  undefined,
  'refresh',
);
