import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import type { KindEntry, Role } from '@/lib/plane/model/kinds';
import { shellQuote } from '@/lib/plane/model/shell-commands';
import { createAgentCaCommand } from './agent-ca';
import { AGENT_SECRET, type AgentChart, agentChart, GATEWAY_CA } from './agent-setup';
import { chartPrerequisites } from './chart-prerequisites';
import { type ChartRelease, chartReleaseOf, chartRepository, isNewerThanKnown } from './chart-release';
import { type ChartValues, chartValues, OPEN_MARK, requiredSettings } from './chart-values';
import { type CommandValue, type CommandValues, PLACEHOLDERS, usableValue } from './command-values';
import { certificatesOnly, endpointCaCommand } from './gateway-ca-command';
import { prerequisitesCommand, secretsCommand } from './prerequisites-command';
import { DEFAULT_CHOICES, type SetupChoices } from './setup-choices';

/** One command of an installation, or of a change of one. */
export interface CommandStep {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  /** The cluster that the command runs against; `local` uses none. */
  readonly where: 'plane' | 'control-plane' | 'local';
  /** For bash, zsh or any POSIX shell. Missing values appear as `'<name>'`, which makes kubectl and helm fail. */
  readonly command: string;
  /** A file that the command writes, for people who save it another way. */
  readonly file?: { readonly name: string; readonly text: string };
  /** The values to fill in before it can run. */
  readonly missing: readonly CommandValue[];
}

export interface CommandInput {
  readonly entry: KindEntry;
  readonly planeID: string;
  /** As typed. Missing and unusable values become placeholders. */
  readonly values: CommandValues;
  readonly choices?: SetupChoices;
  /**
   * The CA that agents verify the gateway with, PEM. Null if the control plane doesn't publish it; a command then
   * fetches it.
   */
  readonly gatewayCaPem: string | null;
  /** What ends TLS before the gateway, such as `Ingress agents`, or null. The agent must then trust that instead. */
  readonly tlsEndsAt?: string | null;
  /** Whether the plane exists already, so its CA isn't still to be registered. */
  readonly isRegistered?: boolean;
  /** The namespace of OpenChoreo's control plane. */
  readonly controlPlaneNamespace?: string;
  /** The ClusterSecretStore that the plane names, or null. */
  readonly secretStore?: string | null;
  /** Where charts are published, or null for the default of the release. */
  readonly chartRepository?: string | null;
}

/** Returns the commands that install a plane's agent, in order, for the role's own chart. Each can be run again. */
export function setupCommands(input: CommandInput): CommandStep[] {
  return new SetupSteps(input).all();
}

/** Returns the command that prints the CA of an installed agent, whichever CA issued its certificate. */
export function printAgentCaCommand(role: Role, planeContext: string): string {
  const context = shellQuote(usableValue('planeContext', planeContext) ?? PLACEHOLDERS.planeContext);
  return agentCaCommand(context, agentChart(role));
}

function agentCaCommand(context: string, chart: AgentChart): string {
  return `kubectl --context ${context} get secret ${AGENT_SECRET.name} \\\n  -n ${chart.name} -o jsonpath='{.data.ca\\.crt}' | base64 -d | grep .`;
}

type Content = Omit<CommandStep, 'id' | 'where' | 'missing'>;
type PlaceValue = (name: CommandValue) => string;

class SetupSteps {
  private readonly chart: AgentChart;
  private readonly release: ChartRelease | null;
  private readonly choices: SetupChoices;
  private readonly values: ChartValues;
  private readonly files: { readonly ca: string; readonly values: string };

  constructor(private readonly input: CommandInput) {
    const { entry, planeID, values, choices = DEFAULT_CHOICES } = input;
    this.chart = agentChart(entry.role);
    this.choices = choices;
    const version = usableValue('chartVersion', values.chartVersion, entry.role);
    this.release = version === null ? null : chartReleaseOf(version);
    this.values = chartValues(entry.role, planeID, values, choices);
    const stem = fileStem(planeID, entry.role);
    this.files = { ca: `${stem}-gateway-ca.crt`, values: `${stem}-values.yaml` };
  }

  /** Which settings and prerequisites a chart has depends on its release. */
  private readonly releaseNeeded: readonly CommandValue[] = ['chartVersion'];

  all(): CommandStep[] {
    const secrets = this.requiredSecrets();
    return [
      this.prerequisites(),
      // Before anything is written to the cluster, because a person may have to fill in the file.
      this.valuesFile(),
      ...(this.release !== null && isNewerThanKnown(this.release) ? [this.showValues()] : []),
      this.gatewayCa(),
      this.namespace(),
      this.trust(),
      ...(secrets.length === 0 ? [] : [this.secrets(secrets)]),
      ...(this.choices.certificate === 'self-signed' ? [] : [this.ca()]),
      this.install(),
      this.wait(),
      this.agentCa(),
    ];
  }

  private prerequisites(): CommandStep {
    const { entry, secretStore = null } = this.input;
    return this.step(
      'prerequisites',
      'plane',
      (value) => ({
        title: 'Check the prerequisites',
        why: "Lists what this chart needs in the plane's cluster, and where to find the installation of what's missing. It changes nothing.",
        command: prerequisitesCommand(
          value('planeContext'),
          this.release === null ? [] : chartPrerequisites(entry.role, this.release),
          secretStore,
        ),
      }),
      this.releaseNeeded,
    );
  }

  private gatewayCa(): CommandStep {
    const {
      gatewayCaPem,
      tlsEndsAt = null,
      controlPlaneNamespace = CONTROL_PLANE_NAMESPACE,
      values,
    } = this.input;
    const file = this.files.ca;
    if (tlsEndsAt !== null) {
      return this.step(
        'gateway-ca',
        'local',
        () => ({
          title: `Save the CA of ${tlsEndsAt}`,
          why: `TLS ends at ${tlsEndsAt}, before the gateway. The agent must trust the CA that issued its certificate, not the gateway's own CA. Save that CA as ${file}; this command checks it.`,
          command: endpointCaCommand(file, usableValue('gatewayUrl', values.gatewayUrl)),
        }),
        ['gatewayUrl'],
      );
    }
    const certificates = gatewayCaPem === null ? null : certificatesOnly(gatewayCaPem);
    if (certificates !== null) {
      return this.step('gateway-ca', 'local', () => ({
        title: "Save the gateway's certificate",
        why: "The control plane publishes this certificate for its gateway. It isn't secret.",
        command: `cat > ${file} <<'CERTIFICATE'\n${certificates}CERTIFICATE`,
      }));
    }
    return this.step('gateway-ca', 'control-plane', (value) => ({
      title: "Fetch the gateway's certificate",
      why: "Planeboard can't read this certificate, so fetch it from the control plane.",
      command: `kubectl --context ${value('controlPlaneContext')} get secret ${GATEWAY_CA.name} \\\n  -n ${shellQuote(controlPlaneNamespace)} \\\n  -o jsonpath='{.data.ca\\.crt}' | base64 -d > ${file}`,
    }));
  }

  private namespace(): CommandStep {
    return this.step('namespace', 'plane', (value) => ({
      title: 'Create the namespace',
      why: 'It holds the chart and everything that belongs to the agent.',
      command: `kubectl --context ${value('planeContext')} create namespace ${this.chart.name} \\\n  --dry-run=client -o yaml | kubectl --context ${value('planeContext')} apply -f -`,
    }));
  }

  private trust(): CommandStep {
    return this.step('trust', 'plane', (value) => ({
      title: 'Let the agent trust the gateway',
      why: 'The agent verifies the gateway with this certificate.',
      command: `kubectl --context ${value('planeContext')} create configmap ${GATEWAY_CA.name} \\\n  -n ${this.chart.name} --from-file=${GATEWAY_CA.key}=${this.files.ca} \\\n  --dry-run=client -o yaml | kubectl --context ${value('planeContext')} apply -f -`,
    }));
  }

  private requiredSecrets(): { name: CommandValue; keys: readonly string[] }[] {
    if (this.release === null) return [];
    return requiredSettings(this.input.entry.role, this.release, this.choices)
      .filter(({ form, name }) => form === 'secret-name' && !this.choices.open.includes(name))
      .map(({ name, secretKeys }) => ({ name, keys: secretKeys }));
  }

  private secrets(secrets: readonly { name: CommandValue; keys: readonly string[] }[]): CommandStep {
    return this.step('secrets', 'plane', (value) => ({
      title: "Check the chart's Secrets",
      why: secretsWhy(this.chart.name, secrets),
      command: secretsCommand(
        value('planeContext'),
        this.chart.name,
        secrets.map(({ name, keys }) => ({ name: value(name), keys })),
      ),
    }));
  }

  private ca(): CommandStep {
    const { name } = this.chart;
    if (this.choices.certificate === 'company-ca') {
      return this.step('ca', 'plane', (value) => ({
        title: 'Check the CA',
        why: `cert-manager issues the agent's certificates with this CA. Create its Secret with kubectl create secret tls NAME -n ${name} --cert=FILE --key=FILE.`,
        command: secretsCommand(value('planeContext'), name, [
          { name: value('caSecret'), keys: ['tls.crt', 'tls.key'] },
        ]),
      }));
    }
    return this.step('ca', 'plane', (value) => ({
      title: "Create the agent's CA",
      why: "cert-manager keeps this CA for ten years and issues the agent's certificates with it. You register the CA once. The certificates renew every 75 days, and the agent reads its own only at startup: restart it within 15 days after each renewal.",
      command: createAgentCaCommand(value('planeContext'), this.input.planeID, name),
    }));
  }

  private valuesFile(): CommandStep {
    const { yaml, missing, open } = this.values;
    return this.step(
      'values',
      'local',
      () => ({
        title: "Save the chart's values",
        why:
          open.length === 0
            ? 'Keep this file. helm needs it again for every upgrade.'
            : `Fill in the values marked "${OPEN_MARK}" in this file, then keep it. helm needs it again for every upgrade.`,
        command: `cat > ${this.files.values} <<'VALUES'\n${yaml}VALUES`,
        file: { name: this.files.values, text: yaml },
      }),
      [...this.releaseNeeded, ...missing],
    );
  }

  private showValues(): CommandStep {
    return this.step('show-values', 'local', (value) => ({
      title: "Compare with the chart's own values",
      why: 'This chart is newer than those whose settings Planeboard knows. Check that it takes these values and requires no others.',
      command: `helm show values ${this.url()} --version ${value('chartVersion')}`,
    }));
  }

  private install(): CommandStep {
    return this.step('install', 'plane', (value) => {
      const helm = [
        `helm upgrade --install ${this.chart.name}`,
        `  ${this.url()}`,
        `  --version ${value('chartVersion')} --kube-context ${value('planeContext')}`,
        `  -n ${this.chart.name} -f ${this.files.values}`,
      ].join(' \\\n');
      return {
        title: 'Install the chart',
        why: 'If this chart is already installed with other settings, add them to the file first, or they reset to their defaults: helm get values shows them.',
        command:
          this.values.open.length === 0
            ? helm
            : `if grep -n '${OPEN_MARK}' ${this.files.values}; then\n  echo 'Fill in these values first.' >&2; false\nelse\n${helm}\nfi`,
      };
    });
  }

  private wait(): CommandStep {
    const { certificate, name, deployment } = this.chart;
    return this.step('wait', 'plane', (value) => {
      const kubectl = `kubectl --context ${value('planeContext')}`;
      const issued =
        certificate === null
          ? `echo 'Waiting for the Secret ${AGENT_SECRET.name}, up to 5 minutes.'\nfor _ in $(seq 150); do\n  ${kubectl} get secret ${AGENT_SECRET.name} -n ${name} >/dev/null 2>&1 && break\n  sleep 2\ndone\n${kubectl} get secret ${AGENT_SECRET.name} -n ${name} >/dev/null`
          : `${kubectl} wait -n ${name} \\\n  --for=condition=Ready certificate/${certificate} --timeout=5m`;
      return {
        title: 'Wait for the agent',
        why: "cert-manager issues the agent's certificate, and then the agent starts. If this doesn't finish, check what the Certificate and the agent's pod report.",
        command: `${issued}\n${kubectl} rollout status deployment/${deployment} -n ${name} --timeout=5m`,
      };
    });
  }

  private agentCa(): CommandStep {
    return this.step('agent-ca', 'plane', (value) => ({
      title: "Print the agent's CA",
      why: this.input.isRegistered
        ? 'It must be the registered CA. The gateway accepts only agents that it verifies.'
        : 'Register the plane with this CA. The gateway accepts only agents that it verifies.',
      command: agentCaCommand(value('planeContext'), this.chart),
    }));
  }

  private url(): string {
    const repository = this.input.chartRepository ?? chartRepository(this.release);
    return shellQuote(`${repository.replace(/\/+$/, '')}/${this.chart.name}`);
  }

  /** @param requires values that the step depends on without containing them */
  private step(
    id: CommandStep['id'],
    where: CommandStep['where'],
    make: (placeValue: PlaceValue) => Content,
    requires: readonly CommandValue[] = [],
  ): CommandStep {
    const usable = (name: CommandValue) => usableValue(name, this.input.values[name], this.input.entry.role);
    const missing = new Set(requires.filter((name) => usable(name) === null));
    const placeValue: PlaceValue = (name) => {
      const value = usable(name);
      if (value === null) missing.add(name);
      return shellQuote(value ?? PLACEHOLDERS[name]);
    };
    const content = make(placeValue);
    return { id, where, ...content, missing: [...missing] };
  }
}

function secretsWhy(namespace: string, secrets: readonly { readonly name: CommandValue }[]): string {
  const isTls = ({ name }: { readonly name: CommandValue }) => name === 'gatewayCertificate';
  const ways = [
    ...(secrets.every(isTls)
      ? []
      : [`kubectl create secret generic NAME -n ${namespace} --from-literal=KEY=VALUE`]),
    ...(secrets.some(isTls)
      ? [
          `${secrets.length > 1 ? "the gateway's with " : ''}kubectl create secret tls NAME -n ${namespace} --cert=FILE --key=FILE`,
        ]
      : []),
  ];
  return `The chart reads these Secrets and doesn't create them. Create one that's missing with ${ways.join(', ')}.`;
}

/**
 * Begins the names of a plane's files. Two planes of different roles may have the same planeID, and one person may
 * install both in the same folder.
 */
export function fileStem(planeID: string, role: Role): string {
  return /^[a-z0-9][-a-z0-9]*$/.test(planeID) ? `${planeID}-${role}-plane` : `${role}-plane`;
}
