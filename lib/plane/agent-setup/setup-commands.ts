import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import type { KindEntry } from '@/lib/plane/model/kinds';
import { helmValue, shellQuote } from '@/lib/plane/model/shell-commands';
import { AGENT_SECRET, type AgentChart, agentChart, GATEWAY_CA } from './agent-setup';
import { type CommandValue, type CommandValues, usableValue } from './command-values';

/** One step of installing an agent. */
export interface CommandStep {
  readonly id: 'gateway-ca' | 'namespace' | 'trust' | 'install' | 'wait' | 'agent-ca';
  readonly title: string;
  readonly why: string;
  /** The cluster that the command runs against; `local` uses none. */
  readonly where: 'plane' | 'control-plane' | 'local';
  /** For bash, zsh or any POSIX shell. Missing values appear as `'<name>'`, which makes kubectl and helm fail. */
  readonly command: string;
  /** The values to fill in before it can run. */
  readonly missing: readonly CommandValue[];
}

export interface CommandInput {
  readonly entry: KindEntry;
  readonly planeID: string;
  /** As typed. Missing and unusable values become placeholders. */
  readonly values: CommandValues;
  /**
   * The CA that agents verify the gateway with, PEM. Null if the control plane doesn't publish it; a command then
   * fetches it.
   */
  readonly gatewayCaPem: string | null;
  /** The namespace of OpenChoreo's control plane. */
  readonly controlPlaneNamespace?: string;
}

const CA_FILE = 'server-ca.crt';

/**
 * Returns the commands that install a plane's agent, in order, for the role's own chart. Each can be run again.
 *
 * The values are those that the charts actually read: `clusterAgent.planeID` (the documentation's `planeId` is
 * silently ignored, and the agent then connects as "default"), `.serverUrl`, and two values of `.tls` that make the
 * agent create its own certificate instead of having it signed with a key of the control plane. Each chart sets its
 * own `planeType`.
 */
export function setupCommands(input: CommandInput): CommandStep[] {
  const chart = agentChart(input.entry.role);
  const steps = new StepBuilder(input.values);
  return [
    gatewayCa(input, steps),
    steps.build('namespace', 'plane', (value) => ({
      title: 'Create the namespace',
      why: 'It holds the chart and everything that belongs to the agent.',
      command: `kubectl --context ${value('planeContext')} create namespace ${chart.name} \\\n  --dry-run=client -o yaml | kubectl --context ${value('planeContext')} apply -f -`,
    })),
    steps.build('trust', 'plane', (value) => ({
      title: 'Let the agent trust the gateway',
      why: 'The agent verifies the gateway with this certificate.',
      command: `kubectl --context ${value('planeContext')} create configmap ${GATEWAY_CA.name} \\\n  -n ${chart.name} --from-file=${GATEWAY_CA.key}=${CA_FILE} \\\n  --dry-run=client -o yaml | kubectl --context ${value('planeContext')} apply -f -`,
    })),
    install(input.planeID, chart, steps),
    wait(chart, steps),
    steps.build('agent-ca', 'plane', (value) => ({
      title: "Print the agent's CA",
      why: 'Register the plane with this CA. The gateway accepts only agents that it verifies.',
      command: `kubectl --context ${value('planeContext')} get secret ${AGENT_SECRET.name} \\\n  -n ${chart.name} -o jsonpath='{.data.ca\\.crt}' | base64 -d`,
    })),
  ];
}

function gatewayCa(
  { gatewayCaPem, controlPlaneNamespace = CONTROL_PLANE_NAMESPACE }: CommandInput,
  steps: StepBuilder,
): CommandStep {
  const certificates = gatewayCaPem === null ? null : certificatesOnly(gatewayCaPem);
  if (certificates !== null) {
    return steps.build('gateway-ca', 'local', () => ({
      title: "Save the gateway's certificate",
      why: "The control plane publishes this certificate for its gateway. It isn't secret.",
      command: `cat > ${CA_FILE} <<'CERTIFICATE'\n${certificates}CERTIFICATE`,
    }));
  }
  return steps.build('gateway-ca', 'control-plane', (value) => ({
    title: "Fetch the gateway's certificate",
    why: "Planeboard can't read this certificate, so fetch it from the control plane.",
    command: `kubectl --context ${value('controlPlaneContext')} get secret ${GATEWAY_CA.name} \\\n  -n ${shellQuote(controlPlaneNamespace)} \\\n  -o jsonpath='{.data.ca\\.crt}' | base64 -d > ${CA_FILE}`,
  }));
}

function install(planeID: string, chart: AgentChart, steps: StepBuilder): CommandStep {
  return steps.build('install', 'plane', (value) => ({
    title: "Install the agent's chart",
    why: "The planeID must match the plane's exactly. If this chart is already installed, add --reuse-values, or its other settings reset to their defaults.",
    command: [
      `helm upgrade --install ${chart.name}`,
      `  ${chart.url}`,
      `  --version ${value('chartVersion')} --kube-context ${value('planeContext')}`,
      `  -n ${chart.name}`,
      // Passed as strings, because Helm reads a planeID such as 007 or null as another type.
      `  --set-string ${shellQuote(`clusterAgent.planeID=${helmValue(planeID)}`)}`,
      `  --set-string ${value('gatewayUrl', (url) => `clusterAgent.serverUrl=${helmValue(url)}`)}`,
      '  --set clusterAgent.tls.generateCerts=true',
      '  --set-string clusterAgent.tls.caSecretName=',
    ].join(' \\\n'),
  }));
}

function wait(chart: AgentChart, steps: StepBuilder): CommandStep {
  const { certificate } = chart;
  return steps.build('wait', 'plane', (value) => ({
    title: "Wait for the agent's certificate",
    why: "cert-manager creates it, usually within seconds. If this command doesn't finish, check that cert-manager runs in the plane's cluster, and what its Certificate reports.",
    command:
      certificate === null
        ? `until kubectl --context ${value('planeContext')} get secret ${AGENT_SECRET.name} \\\n  -n ${chart.name} -o jsonpath='{.data.ca\\.crt}' 2>/dev/null | grep -q .; do sleep 2; done`
        : `kubectl --context ${value('planeContext')} wait -n ${chart.name} \\\n  --for=condition=Ready certificate/${certificate} --timeout=5m`,
  }));
}

type PlaceValue = (name: CommandValue, wrap?: (value: string) => string) => string;

/** Inserts values into commands and records the missing ones. */
class StepBuilder {
  constructor(private readonly values: CommandValues) {}

  build(
    id: CommandStep['id'],
    where: CommandStep['where'],
    make: (placeValue: PlaceValue) => Pick<CommandStep, 'title' | 'why' | 'command'>,
  ): CommandStep {
    const missing = new Set<CommandValue>();
    const placeValue: PlaceValue = (name, wrap = (value) => value) => {
      const value = usableValue(name, this.values[name]);
      if (value === null) missing.add(name);
      return shellQuote(wrap(value ?? PLACEHOLDERS[name]));
    };
    const content = make(placeValue);
    return { id, where, ...content, missing: [...missing] };
  }
}

const PLACEHOLDERS: CommandValues = {
  chartVersion: '<chart-version>',
  gatewayUrl: '<gateway-address>',
  planeContext: '<plane-context>',
  controlPlaneContext: '<control-plane-context>',
};

/**
 * Returns all steps as one shell script that stops at the first failure.
 *
 * @param heading one line that describes the script
 */
export function commandsScript(steps: readonly CommandStep[], heading: string): string {
  const comment = (text: string) => `# ${text.replace(/\p{C}+/gu, ' ')}`;
  const parts = steps.map(({ title, command }) => `${comment(title)}\n${command}\n`);
  return `#!/usr/bin/env bash\n${comment(heading)}\nset -euo pipefail\n\n${parts.join('\n')}`;
}

const BLOCK = /-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\s]+?)-----END CERTIFICATE-----/g;

/**
 * Returns only the certificates of a PEM text, each in lines of 64 characters, or null if there are none. No line may
 * end the here-document early, so only base64 is let through.
 */
export function certificatesOnly(pem: string): string | null {
  const blocks = [...pem.matchAll(BLOCK)].flatMap(([, body]) => {
    const lines = body?.replace(/\s/g, '').match(/.{1,64}/g);
    return lines ? [`-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`] : [];
  });
  return blocks.length === 0 ? null : blocks.join('');
}
