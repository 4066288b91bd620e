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

Connects an agent with its own certificate to the gateway of the running demo.

  --kind KIND      kind of the plane: ${PLANE_KINDS.map((entry) => entry.kind).join(', ')}
  --plane-id ID    planeID of the plane, or its name if it has no planeID
  --ca             issue the certificate from a CA instead of self-signing it
  --days N         validity of a new certificate in days (default ${DEFAULT_DAYS})
  --renew          create a new certificate instead of reusing the previous one
  --release R      release of the demo to connect to, if several are running
  --server URL     gateway to connect to, such as wss://127.0.0.1:8443/ws
  --help           show this help`;

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
    throw new UsageError('--kind and --plane-id are required. See --help.');
  }
  const wanted = values.kind.toLowerCase();
  const entry = PLANE_KINDS.find(({ kind, plural }) => kind.toLowerCase() === wanted || plural === wanted);
  if (!entry) throw new UsageError(`"${values.kind}" isn't a plane kind. See --help for the list.`);
  const planeID = values['plane-id'];
  if (planeID.length > 63 || !PLANE_ID.test(planeID)) {
    throw new UsageError(
      'A planeID must be 1 to 63 lowercase letters, digits or dashes, and start and end with a letter or digit.',
    );
  }
  const days = Number(values.days ?? DEFAULT_DAYS);
  if (!(days > 0 && days <= MAX_DAYS))
    throw new UsageError(`--days must be a number above 0, at most ${MAX_DAYS}.`);
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
