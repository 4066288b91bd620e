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
  /** The cluster that it is run against; `local` touches none. */
  readonly where: 'plane' | 'control-plane' | 'local';
  /** For bash, zsh or any POSIX shell. Missing values stand in it as `'<name>'`, on which kubectl and helm fail. */
  readonly command: string;
  /** What has to be filled in before it can be run. */
  readonly missing: readonly CommandValue[];
}

export interface CommandInput {
  readonly entry: KindEntry;
  readonly planeID: string;
  /** As typed; what is missing or unusable becomes a placeholder. */
  readonly values: CommandValues;
  /** What agents verify the gateway with, PEM; null: the control plane has not told, so it is fetched by a command. */
  readonly gatewayCaPem: string | null;
  /** Where OpenChoreo's control plane runs. */
  readonly controlPlaneNamespace?: string;
}

const CA_FILE = 'server-ca.crt';

/**
 * The commands with which a plane's agent gets into its cluster, in order, for the role's own chart. Each may be run
 * again. The values are those that the charts really read: `clusterAgent.planeID` (the `planeId` of the documentation is
 * silently ignored, and the agent then dials in as "default"), `.serverUrl`, and the two of `.tls` that make the agent
 * its own certificate rather than have it signed with a key of the control plane. `planeType` is each chart's own.
 */
export function setupCommands(input: CommandInput): CommandStep[] {
  const chart = agentChart(input.entry.role);
  const steps = new StepBuilder(input.values);
  return [
    gatewayCa(input, steps),
    steps.build('namespace', 'plane', (value) => ({
      title: 'Make the namespace',
      why: 'The chart and all that belongs to the agent live in it.',
      command: `kubectl --context ${value('planeContext')} create namespace ${chart.name} \\\n  --dry-run=client -o yaml | kubectl --context ${value('planeContext')} apply -f -`,
    })),
    steps.build('trust', 'plane', (value) => ({
      title: 'Let the agent trust the gateway',
      why: 'The agent verifies the gateway that it dials with this certificate.',
      command: `kubectl --context ${value('planeContext')} create configmap ${GATEWAY_CA.name} \\\n  -n ${chart.name} --from-file=${GATEWAY_CA.key}=${CA_FILE} \\\n  --dry-run=client -o yaml | kubectl --context ${value('planeContext')} apply -f -`,
    })),
    install(input.planeID, chart, steps),
    wait(chart, steps),
    steps.build('agent-ca', 'plane', (value) => ({
      title: "Print the agent's CA",
      why: 'This is what the plane is registered with: the gateway lets in only agents that it verifies.',
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
      why: 'It is the one that the control plane publishes for its gateway; it is public.',
      command: `cat > ${CA_FILE} <<'CERTIFICATE'\n${certificates}CERTIFICATE`,
    }));
  }
  return steps.build('gateway-ca', 'control-plane', (value) => ({
    title: "Fetch the gateway's certificate",
    why: 'Planeboard may not read it here, so it is taken from the control plane by hand.',
    command: `kubectl --context ${value('controlPlaneContext')} get secret ${GATEWAY_CA.name} \\\n  -n ${shellQuote(controlPlaneNamespace)} \\\n  -o jsonpath='{.data.ca\\.crt}' | base64 -d > ${CA_FILE}`,
  }));
}

function install(planeID: string, chart: AgentChart, steps: StepBuilder): CommandStep {
  return steps.build('install', 'plane', (value) => ({
    title: 'Install the chart with the agent',
    why: 'The planeID has to be that of the plane, letter by letter. Where this chart runs already, add --reuse-values, or its other settings fall back to their defaults.',
    command: [
      `helm upgrade --install ${chart.name}`,
      `  ${chart.url}`,
      `  --version ${value('chartVersion')} --kube-context ${value('planeContext')}`,
      `  -n ${chart.name}`,
      // As strings, because Helm takes a planeID such as 007 or null for something else.
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
    why: `cert-manager makes it, usually within seconds. If this does not end, cert-manager does not run in that cluster, or says why in its Certificate.`,
    command:
      certificate === null
        ? `until kubectl --context ${value('planeContext')} get secret ${AGENT_SECRET.name} \\\n  -n ${chart.name} -o jsonpath='{.data.ca\\.crt}' 2>/dev/null | grep -q .; do sleep 2; done`
        : `kubectl --context ${value('planeContext')} wait -n ${chart.name} \\\n  --for=condition=Ready certificate/${certificate} --timeout=5m`,
  }));
}

type PlaceValue = (name: CommandValue, wrap?: (value: string) => string) => string;

/** Puts values into commands, and keeps count of those that are missing. */
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
    const made = make(placeValue);
    return { id, where, ...made, missing: [...missing] };
  }
}

const PLACEHOLDERS: CommandValues = {
  chartVersion: '<chart-version>',
  gatewayUrl: '<gateway-address>',
  planeContext: '<plane-context>',
  controlPlaneContext: '<control-plane-context>',
};

/**
 * All steps as one shell script that stops at the first failure.
 *
 * @param heading one line that says what the script is for
 */
export function commandsScript(steps: readonly CommandStep[], heading: string): string {
  const comment = (text: string) => `# ${text.replace(/\p{C}+/gu, ' ')}`;
  const parts = steps.map(({ title, command }) => `${comment(title)}\n${command}\n`);
  return `#!/usr/bin/env bash\n${comment(heading)}\nset -euo pipefail\n\n${parts.join('\n')}`;
}

const BLOCK = /-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\s]+?)-----END CERTIFICATE-----/g;

/**
 * The certificates of a PEM text and nothing else of it, each in lines of 64 characters; null when there is none. What
 * goes into a here-document must not hold a line that ends it, so nothing but base64 is let through.
 */
export function certificatesOnly(pem: string): string | null {
  const blocks = [...pem.matchAll(BLOCK)].flatMap(([, body]) => {
    const lines = body?.replace(/\s/g, '').match(/.{1,64}/g);
    return lines ? [`-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`] : [];
  });
  return blocks.length === 0 ? null : blocks.join('');
}
