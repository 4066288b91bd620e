'use client';

import { ExternalLink, Terminal } from 'lucide-react';
import type { ReactNode } from 'react';
import { CommandBlock } from '@/components/ui/command-block';
import { CopyButton } from '@/components/ui/copy-button';
import type { ClusterGateway } from '@/lib/api/agent-setup';
import { AGENT_DOCUMENTATION, type AgentSetup, DOCUMENTATION } from '@/lib/plane/agent-setup/agent-setup';
import { chartReleaseOf } from '@/lib/plane/agent-setup/chart-release';
import { SETTING_NAMES } from '@/lib/plane/agent-setup/chart-settings';
import { registeredCertificateProblem } from '@/lib/plane/agent-setup/chosen-certificate';
import {
  COMMAND_VALUE_LABELS,
  type CommandValue,
  type CommandValues,
  usableValue,
} from '@/lib/plane/agent-setup/command-values';
import { DEFAULT_CHOICES, type SetupChoices } from '@/lib/plane/agent-setup/setup-choices';
import { type CommandStep, setupCommands } from '@/lib/plane/agent-setup/setup-commands';
import { NO_PARAMETERS, type SetupParameters, setupPath } from '@/lib/plane/agent-setup/setup-link';
import { setupScript } from '@/lib/plane/agent-setup/setup-script';
import type { CertificateFact } from '@/lib/plane/health/health-facts';
import type { KindEntry } from '@/lib/plane/model/kinds';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { joinList } from '@/lib/plane/model/text';
import { CertificateChoice } from './certificate-choice';
import { ChartSettings } from './chart-settings';
import { CommandInputs } from './command-inputs';
import { FileBlock } from './file-block';
import { useCommandValues } from './use-command-values';

/**
 * The commands that install a plane's agent in its cluster, filled in for this plane. Shown on the connect page, and
 * in the wizard for people without an agent. Needs a QueryProvider above it.
 */
export function AgentCommands({
  entry,
  setup,
  planeID,
  identity,
  secretStore,
  registered = null,
  parameters = NO_PARAMETERS,
}: {
  readonly entry: KindEntry;
  readonly setup: AgentSetup;
  /** The planeID that the agent connects with; empty until it's chosen. */
  readonly planeID: string;
  /** For the link to send to a colleague; null while the plane has no name. */
  readonly identity: PlaneIdentity | null;
  /** The ClusterSecretStore that the plane names, or null. */
  readonly secretStore: string | null;
  /** The certificate that the plane has registered; null while the plane doesn't exist. */
  readonly registered?: CertificateFact | null;
  /** The values that the page's link proposes. */
  readonly parameters?: SetupParameters;
}) {
  if (setup !== 'commands') return <NoCommands setup={setup} />;
  if (planeID === '') {
    return <p className="text-muted">Choose a planeID to see the commands.</p>;
  }
  return (
    <Commands
      entry={entry}
      planeID={planeID}
      identity={identity}
      secretStore={secretStore}
      registered={registered}
      parameters={parameters}
    />
  );
}

function NoCommands({ setup }: { readonly setup: Exclude<AgentSetup, 'commands'> }) {
  const texts: Record<typeof setup, ReactNode> = {
    direct:
      "There's no agent to install. The control plane calls this cluster directly, with the plane's address and credentials.",
    documentation: (
      <>
        This release's agent charts use different values, so Planeboard has no commands for them. See the{' '}
        <DocumentationLink href={DOCUMENTATION}>documentation of your release</DocumentationLink>.
      </>
    ),
    unknown: (
      <>
        Planeboard can't read the fields of the installed release, so it can't tell which commands fit. It
        keeps retrying. The <DocumentationLink href={DOCUMENTATION}>documentation</DocumentationLink> has the
        commands for each release.
      </>
    ),
  };
  return <p className="text-pretty text-muted">{texts[setup]}</p>;
}

function Commands({
  entry,
  planeID,
  identity,
  secretStore,
  registered,
  parameters,
}: {
  readonly entry: KindEntry;
  readonly planeID: string;
  readonly identity: PlaneIdentity | null;
  readonly secretStore: string | null;
  readonly registered: CertificateFact | null;
  readonly parameters: SetupParameters;
}) {
  const { values, setValue, choices, setChoices, gateway, isReadingGateway, gatewayError } = useCommandValues(
    `${entry.planeType}/${planeID}`,
    parameters,
  );
  const version = usableValue('chartVersion', values.chartVersion, entry.role);
  const release = version === null ? null : chartReleaseOf(version);
  const steps = setupCommands({
    entry,
    planeID,
    values,
    choices,
    gatewayCaPem: gateway?.ca?.pem ?? null,
    tlsEndsAt: tlsEndOf(gateway, values.gatewayUrl),
    secretStore,
    isRegistered: registered !== null,
    chartRepository: gateway?.chartRepository ?? null,
    ...(gateway ? { controlPlaneNamespace: gateway.namespace } : {}),
  });
  const link = () =>
    identity === null
      ? ''
      : `${window.location.origin}${setupPath(identity, {
          planeID,
          version,
          url: usableValue('gatewayUrl', values.gatewayUrl),
          settings: linkedSettings(values),
          choices,
        })}`;
  return (
    <div className="grid gap-5">
      <p className="text-pretty text-muted">
        Run these commands where kubectl and helm can reach the plane's cluster. For the whole installation of
        a plane, see the <DocumentationLink href={AGENT_DOCUMENTATION}>installation guide</DocumentationLink>.
      </p>
      <CommandInputs
        role={entry.role}
        values={values}
        onChange={setValue}
        gateway={gateway}
        linkedUrl={parameters.url}
      />
      <CertificateChoice
        mode={choices.certificate}
        onChoose={(certificate) => setChoices({ ...choices, certificate })}
        caSecret={values.caSecret}
        onCaSecret={(name) => setValue('caSecret', name)}
        isLinked={isLinkedChoice(choices, values.caSecret, parameters)}
        problem={registered === null ? null : registeredCertificateProblem(choices.certificate, registered)}
      />
      {release === null ? null : (
        <ChartSettings
          role={entry.role}
          release={release}
          values={values}
          onChange={setValue}
          choices={choices}
          onChoices={setChoices}
          linked={parameters.settings}
        />
      )}
      {isReadingGateway ? (
        <p role="status" className="text-muted">
          Reading the gateway's details from the control plane…
        </p>
      ) : (
        <>
          {gatewayError ? (
            <p role="status" className="text-pretty text-degraded">
              Couldn't read the gateway's details from the control plane: {gatewayError.message}
            </p>
          ) : null}
          <StepList steps={steps} />
          <div className="flex flex-wrap items-center gap-2">
            <CopyScript
              steps={steps}
              heading={`Installs the agent of ${entry.kind} ${planeID} in its cluster.`}
            />
            {identity === null ? null : (
              <CopyButton label="Copy link for a colleague" showLabel text={link} />
            )}
          </div>
        </>
      )}
    </div>
  );
}

/** The recommended choice needs no warning, whoever proposes it. */
function isLinkedChoice(
  { certificate }: SetupChoices,
  caSecret: string,
  { choices, settings }: SetupParameters,
): boolean {
  if (choices === null || certificate === DEFAULT_CHOICES.certificate) return false;
  return certificate === choices.certificate && (settings.caSecret ?? caSecret) === caSecret;
}

/** Returns the chart's settings for a link: a colleague who runs the commands must get the same ones. */
function linkedSettings(values: CommandValues): SetupParameters['settings'] {
  const usable = (['caSecret', ...SETTING_NAMES] as const).flatMap((name) => {
    const value = usableValue(name, values[name]);
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(usable);
}

/** Returns what ends TLS before the gateway on the chosen address, or null. */
function tlsEndOf(gateway: ClusterGateway | null, url: string): string | null {
  const chosen = gateway?.urls.find((address) => address.url === url.trim());
  if (chosen && chosen.tlsEndsAt !== null) return chosen.tlsEndsAt;
  return gateway?.agentAuth === 'forwarded-header' ? 'the proxy before the gateway' : null;
}

function StepList({ steps }: { readonly steps: readonly CommandStep[] }) {
  return (
    <ol className="grid gap-5">
      {steps.map((step, index) => (
        <li key={step.id} className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span aria-hidden="true" className="tabular text-muted">
              {index + 1}.
            </span>
            <h3 className="font-medium">{step.title}</h3>
            <ClusterTag where={step.where} />
          </div>
          <p className="mt-0.5 text-pretty text-muted text-xs [overflow-wrap:anywhere]">{step.why}</p>
          {step.file ? (
            <FileBlock name={step.file.name} text={step.file.text} missing={labelsOf(step.missing)} />
          ) : (
            <CommandBlock command={step.command} label={step.title} missing={labelsOf(step.missing)} />
          )}
        </li>
      ))}
    </ol>
  );
}

function CopyScript({
  steps,
  heading,
}: {
  readonly steps: readonly CommandStep[];
  readonly heading: string;
}) {
  const missing = labelsOf([...new Set(steps.flatMap((step) => step.missing))]);
  return missing.length === 0 ? (
    <CopyButton label="Copy all as script" showLabel text={setupScript(steps, heading)} />
  ) : (
    <p className="text-muted text-xs">Fill in the {joinList(missing)} to copy all commands.</p>
  );
}

function labelsOf(names: readonly CommandValue[]): string[] {
  return names.map((name) => COMMAND_VALUE_LABELS[name]);
}

/** Names the cluster that a command is for: two are involved, and running it against the wrong one does harm. */
function ClusterTag({ where }: { readonly where: CommandStep['where'] }) {
  return (
    <span className="inline-flex h-5 items-center gap-1 rounded border border-line bg-neutral-soft px-1.5 text-2xs text-muted">
      <Terminal size={11} aria-hidden="true" />
      {CLUSTER_LABELS[where]}
    </span>
  );
}

const CLUSTER_LABELS: Record<CommandStep['where'], string> = {
  plane: "plane's cluster",
  'control-plane': 'control plane',
  local: 'your machine',
};

function DocumentationLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1 font-medium text-accent underline underline-offset-2"
    >
      {children}
      <ExternalLink size={12} aria-hidden="true" />
    </a>
  );
}
