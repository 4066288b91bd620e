import { yamlText } from '@/lib/plane/json/yaml-text';
import type { Role } from '@/lib/plane/model/kinds';
import { shellQuote } from '@/lib/plane/model/shell-commands';
import { createAgentCaCommand } from './agent-ca';
import { AGENT_CA, AGENT_SECRET, agentChart } from './agent-setup';
import { chartReleaseOf, chartRepository } from './chart-release';
import { PLACEHOLDERS, usableValue } from './command-values';
import { type CommandStep, fileStem } from './setup-commands';

export interface CaMoveInput {
  readonly role: Role;
  readonly planeID: string;
  /** As typed; missing values become placeholders. */
  readonly planeContext: string;
  /** The version of the installed chart, if known. It decides only where the chart is published. */
  readonly chartVersion: string;
  /** Where charts are published, or null for the default of the release. */
  readonly chartRepository: string | null;
}

/** The commands that move an installed plane from its agent's self-signed certificate to a CA of its own. */
export interface CaMoveCommands {
  /** Creates the CA in the plane's cluster, and prints it. */
  readonly create: readonly CommandStep[];
  /** Has the chart issue the agent's certificates with the CA. */
  readonly switch: readonly CommandStep[];
  /** Restarts the agent, once its certificate is issued by the CA. */
  readonly restart: CommandStep;
  /** The chart's changed values, for a source in git. */
  readonly overlay: NonNullable<CommandStep['file']>;
}

/**
 * Returns the commands for a plane whose chart is installed. They keep the chart's version and its other values, and
 * only add the two that decide who issues the agent's certificate.
 */
export function caMoveCommands(input: CaMoveInput): CaMoveCommands {
  const { role, planeID, planeContext } = input;
  const chart = agentChart(role);
  const usable = usableValue('planeContext', planeContext);
  const context = shellQuote(usable ?? PLACEHOLDERS.planeContext);
  const kubectl = `kubectl --context ${context} -n ${chart.name}`;
  const step = (id: string, content: Pick<CommandStep, 'title' | 'why' | 'command'>): CommandStep => ({
    id,
    where: 'plane',
    ...content,
    missing: usable === null ? ['planeContext'] : [],
  });
  const overlay = {
    name: `${fileStem(planeID, role)}-agent-ca.yaml`,
    text: yamlText(
      { clusterAgent: { tls: { generateCerts: false, caSecretName: AGENT_CA.name } } },
      {
        quoted: true,
        comments: {
          'clusterAgent.tls.caSecretName': "The CA that issues the agent's certificates, in this namespace.",
        },
      },
    ),
  };
  const upgrade = (options: string) =>
    `${installedVersion(chart.name, context)}\nhelm upgrade ${chart.name} ${chartUrl(input, chart.name)} \\\n  --version "$version" --kube-context ${context} -n ${chart.name} \\\n  --reuse-values -f ${overlay.name}${options}`;
  return {
    overlay,
    create: [
      step('create', {
        title: 'Create the CA',
        why: "cert-manager keeps this CA for ten years in the plane's cluster. Nothing uses it yet.",
        command: createAgentCaCommand(context, planeID, chart.name),
      }),
      step('print', {
        title: 'Print the CA',
        why: 'Register it below, beside the current certificate.',
        command: `${kubectl} get secret ${AGENT_CA.name} \\\n  -o jsonpath='{.data.tls\\.crt}' | base64 -d`,
      }),
    ],
    switch: [
      {
        id: 'overlay',
        where: 'local',
        title: 'Save the changed values',
        why: "They're added to the chart's installed values.",
        command: `cat > ${overlay.name} <<'VALUES'\n${overlay.text}VALUES`,
        file: overlay,
        missing: [],
      },
      step('dry-run', {
        title: 'Check the change',
        why: 'A dry run with the installed version and values. It changes nothing.',
        command: `${upgrade(' --dry-run=server')} >/dev/null && echo 'Dry run passed.'`,
      }),
      step('upgrade', {
        title: 'Switch the chart to the CA',
        why: "cert-manager then issues the agent a new certificate. The agent keeps the old one until it's restarted.",
        command: upgrade(''),
      }),
    ],
    restart: step('restart', {
      title: 'Restart the agent',
      why: 'Restarts the agent only once its certificate is issued by the CA, and waits until it runs.',
      command: [
        `ca=$(${kubectl} get secret ${AGENT_CA.name} -o jsonpath='{.data.tls\\.crt}')`,
        `if [ -n "$ca" ] && [ "$ca" = \\`,
        `     "$(${kubectl} get secret ${AGENT_SECRET.name} -o jsonpath='{.data.ca\\.crt}')" ]; then`,
        `  ${kubectl} rollout restart deployment/${chart.deployment}`,
        `  ${kubectl} rollout status deployment/${chart.deployment} --timeout=5m`,
        `else echo "The agent's certificate isn't issued by the CA yet." >&2; false; fi`,
      ].join('\n'),
    }),
  };
}

function installedVersion(release: string, context: string): string {
  return `version=$(helm get metadata ${release} -n ${release} --kube-context ${context} |\n  awk '/^VERSION:/ { print $2 }') && [ -n "$version" ] &&`;
}

function chartUrl({ chartVersion, chartRepository: configured }: CaMoveInput, name: string): string {
  const repository = configured ?? chartRepository(chartReleaseOf(chartVersion));
  return shellQuote(`${repository.replace(/\/+$/, '')}/${name}`);
}
