'use client';

import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { TextInput } from '@/components/ui/controls';
import { Field } from '@/components/ui/field';
import type { ClusterGateway } from '@/lib/api/agent-setup';
import { RELEASES_PAGE } from '@/lib/plane/agent-setup/agent-setup';
import {
  type CommandValue,
  type CommandValues,
  commandValueProblem,
} from '@/lib/plane/agent-setup/command-values';
import type { Role } from '@/lib/plane/model/kinds';

/** The inputs for the command values that every installation needs, entered once and never guessed. */
export function CommandInputs({
  role,
  values,
  onChange,
  gateway,
  linkedUrl,
}: {
  readonly role: Role;
  readonly values: CommandValues;
  readonly onChange: (name: CommandValue, value: string) => void;
  /** Null while it's being read, or if it can't be read. */
  readonly gateway: ClusterGateway | null;
  /** The address that the page's link proposes, or null. */
  readonly linkedUrl: string | null;
}) {
  const input = (
    name: CommandValue,
    label: string,
    placeholder: string,
    help: ReactNode,
    warning?: string,
  ) => (
    <Field
      label={label}
      help={help}
      name={name}
      error={commandValueProblem(name, values[name], role) ?? undefined}
      warning={warning}
    >
      {(control) => (
        <TextInput
          {...control}
          mono
          value={values[name]}
          placeholder={placeholder}
          onChange={(event) => onChange(name, event.target.value)}
        />
      )}
    </Field>
  );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {input(
        'chartVersion',
        'Chart version',
        '1.2.3',
        <>
          {versionHelp(values.chartVersion, gateway, (version) => onChange('chartVersion', version))}{' '}
          <a
            href={RELEASES_PAGE}
            target="_blank"
            rel="noreferrer"
            className="inline-flex items-center gap-1 text-accent underline underline-offset-2"
          >
            All releases
            <ExternalLink size={11} aria-hidden="true" />
          </a>
        </>,
      )}
      {input(
        'planeContext',
        "kubectl context of the plane's cluster",
        'my-plane-cluster',
        <>
          From <code className="font-mono">kubectl config get-contexts</code> on the machine where you run the
          commands.
        </>,
      )}
      <div className="min-w-0 sm:col-span-2">
        {input(
          'gatewayUrl',
          'Gateway address',
          'wss://gateway.example.com:8443/ws',
          "The address that the agent connects to. The gateway's certificate must include this host.",
          urlWarning(values.gatewayUrl, gateway, linkedUrl),
        )}
        <Candidates
          gateway={gateway}
          chosen={values.gatewayUrl}
          onChoose={(url) => onChange('gatewayUrl', url)}
        />
      </div>
      {gateway?.ca
        ? null
        : input(
            'controlPlaneContext',
            'kubectl context of the control plane',
            'my-control-plane',
            "Needed once, to fetch the gateway's certificate, which Planeboard can't read.",
          )}
    </div>
  );
}

/** Says where the version comes from, or offers the control plane's, which a plane's chart should have. */
function versionHelp(
  chosen: string,
  gateway: ClusterGateway | null,
  onChoose: (version: string) => void,
): ReactNode {
  const proposed = gateway?.chartVersion ?? null;
  if (proposed === null)
    return (
      <>
        Usually the control plane's version (<code className="font-mono">helm list -A</code>).
      </>
    );
  if (chosen.trim() === proposed.version) return `From ${proposed.source}.`;
  return (
    <>
      The control plane's version is{' '}
      <button
        type="button"
        onClick={() => onChoose(proposed.version)}
        className="font-mono text-accent underline underline-offset-2"
      >
        {proposed.version}
      </button>
      .
    </>
  );
}

/** Returns a warning about an address that is well-formed but doubtful. */
function urlWarning(
  url: string,
  gateway: ClusterGateway | null,
  linkedUrl: string | null,
): string | undefined {
  const detected = gateway?.urls.find((item) => item.url === url);
  if (detected?.inCluster)
    return "This address works only inside the control plane's cluster. Use it only if the plane is that cluster.";
  if (detected && detected.tlsEndsAt !== null && gateway?.agentAuth === 'mtls')
    return `TLS ends at ${detected.tlsEndsAt}, so the gateway doesn't receive the agent's certificate and rejects the agent. Let TLS pass through, or set clusterGateway.agentAuth.mode to forwarded-header.`;
  if (linkedUrl !== null && url === linkedUrl && gateway && gateway.urls.length > 0 && !detected)
    return "This address comes from the link you followed, and the control plane doesn't list it. Make sure it's yours.";
  return undefined;
}

function Candidates({
  gateway,
  chosen,
  onChoose,
}: {
  readonly gateway: ClusterGateway | null;
  readonly chosen: string;
  readonly onChoose: (url: string) => void;
}) {
  const others = gateway?.urls.filter(({ url }) => url !== chosen) ?? [];
  const source = gateway?.urls.find(({ url }) => url === chosen)?.source;
  if (others.length === 0 && source === undefined) return null;
  return (
    <div className="mt-1.5 grid gap-1 text-muted text-xs">
      {source === undefined ? null : <p className="text-pretty">Source: {source}.</p>}
      {others.map(({ url, source: from }) => (
        <p key={url} className="min-w-0 [overflow-wrap:anywhere]">
          Or{' '}
          <button
            type="button"
            onClick={() => onChoose(url)}
            className="text-left font-mono text-accent underline underline-offset-2"
          >
            {url}
          </button>{' '}
          · {from}
        </p>
      ))}
    </div>
  );
}
