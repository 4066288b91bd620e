'use client';

import { ExternalLink, Terminal } from 'lucide-react';
import type { ReactNode } from 'react';
import { CommandBlock } from '@/components/ui/command-block';
import { CopyButton } from '@/components/ui/copy-button';
import {
  AGENT_DOCUMENTATION,
  type AgentSetup,
  DOCUMENTATION,
  prerequisites,
} from '@/lib/plane/agent-setup/agent-setup';
import { COMMAND_VALUE_LABELS, usableValue } from '@/lib/plane/agent-setup/command-values';
import { type CommandStep, commandsScript, setupCommands } from '@/lib/plane/agent-setup/setup-commands';
import { NO_PARAMETERS, type SetupParameters, setupPath } from '@/lib/plane/agent-setup/setup-link';
import type { KindEntry } from '@/lib/plane/model/kinds';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { joinList } from '@/lib/plane/model/text';
import { CommandInputs } from './command-inputs';
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
  parameters = NO_PARAMETERS,
}: {
  readonly entry: KindEntry;
  readonly setup: AgentSetup;
  /** The planeID that the agent connects with; empty until it's chosen. */
  readonly planeID: string;
  /** For the link to send to a colleague; null while the plane has no name. */
  readonly identity: PlaneIdentity | null;
  /** The values that the page's link proposes. */
  readonly parameters?: SetupParameters;
}) {
  if (setup !== 'commands') return <NoCommands setup={setup} />;
  if (planeID === '') {
    return <p className="text-muted">Choose a planeID to see the commands.</p>;
  }
  return <Commands entry={entry} planeID={planeID} identity={identity} parameters={parameters} />;
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
  parameters,
}: {
  readonly entry: KindEntry;
  readonly planeID: string;
  readonly identity: PlaneIdentity | null;
  readonly parameters: SetupParameters;
}) {
  const { values, setValue, gateway, isReadingGateway, gatewayError } = useCommandValues(
    `${entry.planeType}/${planeID}`,
    parameters,
  );
  const steps = setupCommands({
    entry,
    planeID,
    values,
    gatewayCaPem: gateway?.ca?.pem ?? null,
    ...(gateway ? { controlPlaneNamespace: gateway.namespace } : {}),
  });
  const missing = [...new Set(steps.flatMap((step) => step.missing))];
  const link = () =>
    identity === null
      ? ''
      : `${window.location.origin}${setupPath(identity, {
          planeID,
          version: usableValue('chartVersion', values.chartVersion),
          url: usableValue('gatewayUrl', values.gatewayUrl),
        })}`;
  return (
    <div className="grid gap-5">
      <p className="text-pretty text-muted">
        Run these commands where kubectl and helm can reach the plane's cluster. Install{' '}
        {joinList(prerequisites(entry.role))} there first:{' '}
        <DocumentationLink href={AGENT_DOCUMENTATION}>installation guide</DocumentationLink>.
      </p>
      <CommandInputs values={values} onChange={setValue} gateway={gateway} linkedUrl={parameters.url} />
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
                <p className="mt-0.5 text-pretty text-muted text-xs">{step.why}</p>
                <CommandBlock
                  command={step.command}
                  label={step.title}
                  missing={step.missing.map((name) => COMMAND_VALUE_LABELS[name])}
                />
              </li>
            ))}
          </ol>
          <div className="flex flex-wrap items-center gap-2">
            {missing.length === 0 ? (
              <CopyButton
                label="Copy all as script"
                showLabel
                text={commandsScript(steps, `Installs the agent of ${entry.kind} ${planeID} in its cluster.`)}
              />
            ) : (
              <p className="text-muted text-xs">
                Fill in the {joinList(missing.map((name) => COMMAND_VALUE_LABELS[name]))} to copy all
                commands.
              </p>
            )}
            {identity === null ? null : (
              <CopyButton label="Copy link for a colleague" showLabel text={link} />
            )}
          </div>
        </>
      )}
    </div>
  );
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
