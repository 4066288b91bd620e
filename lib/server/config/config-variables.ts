import { SECOND_MS } from '@/lib/plane/time/duration';
import 'server-only';
import { DEFAULT_LIMITS, type HealthLimits } from '@/lib/plane/health/health-facts';

/** One environment variable, as documented. The README carries the same table, and a test compares the two. */
export interface ConfigVariable {
  readonly name: string;
  /** The default as written in the environment; null: none. */
  readonly defaultText: string | null;
  readonly sentence: string;
}

/** A limit of the health rules. Its variable is in units of `unitMs` milliseconds (days stay days). */
export interface LimitVariable {
  readonly name: string;
  readonly limit: keyof HealthLimits;
  readonly unitMs: number;
  readonly sentence: string;
}

export const LIMIT_VARIABLES: readonly LimitVariable[] = [
  {
    name: 'PLANEBOARD_HEARTBEAT_FRESH_SECONDS',
    limit: 'heartbeatFreshMs',
    unitMs: SECOND_MS,
    sentence: 'A heartbeat up to this old is fresh; an older one is late.',
  },
  {
    name: 'PLANEBOARD_HEARTBEAT_STALE_SECONDS',
    limit: 'heartbeatStaleMs',
    unitMs: SECOND_MS,
    sentence: 'A heartbeat older than this is stale, whatever the status says.',
  },
  {
    name: 'PLANEBOARD_HEARTBEAT_SKEW_SECONDS',
    limit: 'heartbeatSkewMs',
    unitMs: SECOND_MS,
    sentence: 'A heartbeat further in the future than this cannot be judged.',
  },
  {
    name: 'PLANEBOARD_STATUS_GRACE_SECONDS',
    limit: 'statusGraceMs',
    unitMs: SECOND_MS,
    sentence: 'How long a new plane may go without a status.',
  },
  {
    name: 'PLANEBOARD_FIRST_AGENT_GRACE_SECONDS',
    limit: 'firstAgentGraceMs',
    unitMs: SECOND_MS,
    sentence: 'How long a new plane may wait for its first agent.',
  },
  {
    name: 'PLANEBOARD_DELETION_GRACE_SECONDS',
    limit: 'deletionGraceMs',
    unitMs: SECOND_MS,
    sentence: 'How long a deletion may take.',
  },
  {
    name: 'PLANEBOARD_OBSERVED_GRACE_SECONDS',
    limit: 'observedGraceMs',
    unitMs: SECOND_MS,
    sentence: 'How long a change of a spec may stay unobserved by its controller.',
  },
  {
    name: 'PLANEBOARD_CONTACT_LOST_SECONDS',
    limit: 'contactLostMs',
    unitMs: SECOND_MS,
    sentence: 'Without contact with the API server for this long, every plane is unknown.',
  },
  {
    name: 'PLANEBOARD_INCIDENT_WINDOW_SECONDS',
    limit: 'incidentWindowMs',
    unitMs: SECOND_MS,
    sentence: 'All agents lost within this time of each other is one incident of the control plane.',
  },
  {
    name: 'PLANEBOARD_CERTIFICATE_WARNING_DAYS',
    limit: 'certificateWarningDays',
    unitMs: 1,
    sentence: 'A CA that expires within this many days degrades its plane.',
  },
  {
    name: 'PLANEBOARD_LEAF_WARNING_DAYS',
    limit: 'leafWarningDays',
    unitMs: 1,
    sentence: 'A pinned self-signed certificate that expires within this many days degrades its plane.',
  },
];

/** Every variable that the server reads. */
export const CONFIG_VARIABLES: readonly ConfigVariable[] = [
  {
    name: 'KUBECONFIG',
    defaultText: null,
    sentence:
      'Kubeconfig file or files, as kubectl reads them; without it ~/.kube/config, else the service account of the pod.',
  },
  {
    name: 'PLANEBOARD_CONTEXT',
    defaultText: null,
    sentence: "The kubeconfig's context to use; without it the current one.",
  },
  {
    name: 'PLANEBOARD_INSTALLATION',
    defaultText: null,
    sentence: "The installation's name on every page; without it the context's name.",
  },
  { name: 'PORT', defaultText: '3000', sentence: 'The TCP port to listen on.' },
  {
    name: 'PLANEBOARD_HOST',
    defaultText: '127.0.0.1',
    sentence: 'The address to listen on; HOSTNAME, which shells export, is ignored.',
  },
  {
    name: 'PLANEBOARD_URL',
    defaultText: null,
    sentence:
      'The public origin, such as https://planeboard.example.com, without a path: its host is answered too.',
  },
  { name: 'PLANEBOARD_READONLY', defaultText: 'false', sentence: 'true takes every write away.' },
  {
    name: 'PLANEBOARD_WALL',
    defaultText: 'token',
    sentence:
      'Who may see the status wall: off (nobody), token (who has a link with a token) or open (everybody who reaches the server).',
  },
  {
    name: 'PLANEBOARD_WALL_PUBLIC',
    defaultText: 'false',
    sentence: 'true lets an open wall be reached from other machines.',
  },
  {
    name: 'PLANEBOARD_CONTROL_PLANE_NAMESPACE',
    defaultText: 'openchoreo-control-plane',
    sentence: "The namespace of the control plane's own components and Secrets.",
  },
  {
    name: 'PLANEBOARD_LOG_LEVEL',
    defaultText: 'info',
    sentence: 'fatal, error, warn, info, debug, trace or silent.',
  },
  ...LIMIT_VARIABLES.map(({ name, limit, unitMs, sentence }) => ({
    name,
    defaultText: String(DEFAULT_LIMITS[limit] / unitMs),
    sentence,
  })),
];
