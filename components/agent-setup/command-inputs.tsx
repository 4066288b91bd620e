'use client';

import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { TextInput } from '@/components/ui/controls';
import { Field } from '@/components/ui/field';
import type { RegistrationGateway } from '@/lib/api/registration';
import { RELEASES_PAGE } from '@/lib/plane/agent-setup/agent-setup';
import {
  type CommandValue,
  type CommandValues,
  commandValueProblem,
} from '@/lib/plane/agent-setup/command-values';

/** The inputs for the command values, entered once and never guessed. */
export function CommandInputs({
  values,
  onChange,
  gateway,
  linkedUrl,
}: {
  readonly values: CommandValues;
  readonly onChange: (name: CommandValue, value: string) => void;
  /** Null while it's being read, or if it can't be read. */
  readonly gateway: RegistrationGateway | null;
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
      error={commandValueProblem(name, values[name]) ?? undefined}
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
          Usually the control plane's version (<code className="font-mono">helm list -A</code>).{' '}
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

/** Returns a warning about an address that is well-formed but doubtful. */
function urlWarning(
  url: string,
  gateway: RegistrationGateway | null,
  linkedUrl: string | null,
): string | undefined {
  const detected = gateway?.urls.find((item) => item.url === url);
  if (detected?.inCluster)
    return "This address works only inside the control plane's cluster. Use it only if the plane is that cluster.";
  if (linkedUrl !== null && url === linkedUrl && gateway && gateway.urls.length > 0 && !detected)
    return "This address comes from the link you followed, and the control plane doesn't list it. Make sure it's yours.";
  return undefined;
}

function Candidates({
  gateway,
  chosen,
  onChoose,
}: {
  readonly gateway: RegistrationGateway | null;
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
