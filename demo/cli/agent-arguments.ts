import { PLANE_KINDS, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import { parseOptions, UsageError } from './options';

const DEFAULT_DAYS = 90;
const MAX_DAYS = 3650;
const PLANE_ID = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** The options of `npm run demo:agent`. */
export interface AgentArguments {
  readonly entry: PlaneKindEntry;
  readonly planeID: string;
  /** The gateway's URL; undefined means the running demo's. */
  readonly server: string | undefined;
  readonly release: string | undefined;
  /** Has a separate authority issue the certificate. The plane then registers that authority. */
  readonly withAuthority: boolean;
  readonly days: number;
  /** Replaces the certificate of the previous run. */
  readonly renew: boolean;
}

export const AGENT_HELP = `Usage: npm run demo:agent -- --kind KIND --plane-id ID [options]

Joins the gateway of the running demo as the agent of a plane, with a certificate of its own.

  --kind KIND      ${PLANE_KINDS.map((entry) => entry.kind).join(', ')}
  --plane-id ID    the planeID of the plane (its name where it gives none)
  --ca             a certificate issued by an authority, instead of a self-signed one
  --days N         how long the certificate is valid (default ${DEFAULT_DAYS})
  --renew          a new certificate; else the one of last time is shown again
  --release R      which demo, when several run
  --server URL     the gateway, such as wss://127.0.0.1:8443/ws
  --help           this text`;

const OPTIONS = {
  kind: { type: 'string' },
  'plane-id': { type: 'string' },
  server: { type: 'string' },
  release: { type: 'string' },
  days: { type: 'string' },
  ca: { type: 'boolean' },
  renew: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * Parses the command line. Returns null for `--help`.
 *
 * @throws UsageError with one sentence for an invalid option
 */
export function parseAgentArguments(args: readonly string[]): AgentArguments | null {
  const values = parseOptions(args, 'npm run demo:agent', OPTIONS);
  if (values.help) return null;
  if (!values.kind || !values['plane-id']) {
    throw new UsageError('An agent needs --kind and --plane-id; --help tells more.');
  }
  const wanted = values.kind.toLowerCase();
  const entry = PLANE_KINDS.find(({ kind, plural }) => kind.toLowerCase() === wanted || plural === wanted);
  if (!entry) throw new UsageError(`"${values.kind}" is no plane kind; --help lists them.`);
  const planeID = values['plane-id'];
  if (planeID.length > 63 || !PLANE_ID.test(planeID)) {
    throw new UsageError('A planeID has at most 63 lower case letters, digits and hyphens inside.');
  }
  const days = Number(values.days ?? DEFAULT_DAYS);
  if (!(days > 0 && days <= MAX_DAYS)) throw new UsageError(`--days takes a number up to ${MAX_DAYS}.`);
  return {
    entry,
    planeID,
    server: values.server,
    release: values.release,
    withAuthority: values.ca === true,
    days,
    renew: values.renew === true,
  };
}
