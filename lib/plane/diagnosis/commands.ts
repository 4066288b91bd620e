import { AGENT_SECRET, agentChart, agentSetup } from '@/lib/plane/agent-setup/agent-setup';
import { remedyCommand } from '@/lib/plane/agent-setup/remedy-commands';
import type { RemedyCommand, SetupRemedy } from '@/lib/plane/agent-setup/verdict';
import { kindOfName } from '@/lib/plane/model/kinds';
import { kubectl, nameArguments } from '@/lib/plane/model/shell-commands';
import type { Remedy, RemedyAction } from './diagnosis-finding';
import type { DiagnosisInput } from './diagnosis-input';

/** A kubectl command for the control plane. The arguments are already quoted. */
export function controlPlaneKubectl({ contexts }: DiagnosisInput, args: string): string {
  return kubectl('control-plane', contexts.controlPlane, args);
}

/** A Secret, `namespace/name`, as arguments of kubectl. */
export function secretArguments(secret: string): string {
  const [namespace = '', name = ''] = secret.split('/');
  return nameArguments({ namespace, name });
}

/**
 * A command for the plane's own cluster; undefined where the names in it are not known for this release: before planeID
 * (0.9) the charts were others.
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

/** Saves what the agent's Secret holds as its CA in a file of this name; undefined where the Secret is not known. */
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

/** A remedy with its command, where there is one. */
export function remedy(text: string, command?: string | undefined, action?: RemedyAction): Remedy {
  return {
    text,
    ...(command === undefined ? {} : { command }),
    ...(action === undefined ? {} : { action }),
  };
}

/** The remedies of a setup check, with their commands filled in. */
export function remediesOf(input: DiagnosisInput, remedies: readonly SetupRemedy[]): Remedy[] {
  return remedies.map(({ text, command }) => remedy(text, command && agentCommand(input, command)));
}

/** Refreshes the status, for when the controller may be late or silent. */
export const REFRESH_REMEDY = remedy('Have the controller look at once.', undefined, 'refresh');

/** The same, for when a silent controller would be a finding too. */
export const QUICK_REFRESH_REMEDY = remedy(
  'Have the controller look at once; it answers within seconds when it works.',
  undefined,
  'refresh',
);
