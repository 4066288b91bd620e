import 'server-only';
import { usableValue } from '@/lib/plane/agent-setup/command-values';
import { DEFAULT_LIMITS, type HealthLimits } from '@/lib/plane/health/health-facts';
import { isLoopbackName } from '@/lib/plane/model/names';
import { processSlot } from '@/lib/server/process/process-slot';
import { z } from '@/lib/zod';
import { CONFIG_VARIABLES, LIMIT_VARIABLES } from './config-variables';
import {
  type ImpersonationConfig,
  impersonatedGroups,
  impersonationConfigOf,
  impersonationProblems,
} from './impersonation-config';
import { OIDC_VARIABLES, type OidcConfig, oidcConfigOf, oidcProblems } from './oidc-config';
import { PROXY_VARIABLES, type ProxyConfig, proxyConfigOf, proxyProblems } from './proxy-config';
import {
  type AuthMode,
  authModes,
  hasSignIn,
  idleMinutes,
  maxHours,
  type SessionConfig,
  sessionConfigOf,
  sessionKeys,
  signInProblems,
} from './sign-in-config';
import { type AddressRange, trustedProxies } from './trusted-proxies';
import { linkDays, type WallLinkConfig, wallLinkConfigOf } from './wall-config';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const WALL_MODES = ['off', 'token', 'open'] as const;
export type WallMode = (typeof WALL_MODES)[number];

export interface Config {
  /** Null: the kubeconfig's current context. */
  readonly context: string | null;
  /** Null: the context's name. */
  readonly installation: string | null;
  readonly port: number;
  readonly host: string;
  /**
   * The public origin, such as `https://planeboard.example.com`; null: only the address that the server listens on.
   */
  readonly publicUrl: URL | null;
  /** The proxies whose X-Forwarded-For counts. */
  readonly trustedProxies: readonly AddressRange[];
  readonly readOnly: boolean;
  /** How people sign in; `kubeconfig` alone: they don't. */
  readonly auth: readonly AuthMode[];
  /** Null without sign-in. */
  readonly session: SessionConfig | null;
  /** The provider that people sign in with; null: none. */
  readonly oidc: OidcConfig | null;
  /** Null: everyone acts with a credential of their own. */
  readonly impersonation: ImpersonationConfig | null;
  /** Null: no proxy says who people are. */
  readonly proxy: ProxyConfig | null;
  /** Which screens may show the status wall. */
  readonly wall: WallMode;
  readonly wallLinks: WallLinkConfig;
  readonly controlPlaneNamespace: string;
  /** The namespaces whose planes are shown, each once; empty: all. */
  readonly namespaces: readonly string[];
  /** The OCI repository of the planes' charts; null: OpenChoreo's own, by release. */
  readonly chartRepository: string | null;
  /** The chart version to propose; null: the control plane's. */
  readonly chartVersion: string | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly limits: HealthLimits;
  /** How many times as fast as normal to wait, in Planeboard's own tests. */
  readonly testPace: number;
}

export type ConfigOutcome =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

const text = z.string().trim();
const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((value) => value === 'true');
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a number from 1 to 65535')
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65535, 'must be a number from 1 to 65535');
const amount = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,3})?$/, 'must be 0 or a positive number')
  .transform(Number);
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const dnsLabel = z.string().regex(DNS_LABEL, 'must be a namespace name');
/** Each namespace takes an open watch for each namespaced kind, and its share of the checks. */
const MAX_NAMESPACES = 50;
const namespaceList = z
  .string()
  .transform((value) => [...new Set(value.split(',').map((name) => name.trim()))])
  .refine(
    (names) => names.every((name) => DNS_LABEL.test(name)),
    'must be namespace names separated by commas',
  )
  .refine((names) => names.length <= MAX_NAMESPACES, `must have at most ${MAX_NAMESPACES} namespaces`);
const chartRepository = z
  .string()
  .trim()
  .regex(
    /^oci:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._-]+)*\/?$/,
    'must be an OCI repository such as oci://registry.example.com/charts',
  );
const chartVersion = z
  .string()
  .trim()
  .refine(
    (value) => usableValue('chartVersion', value) !== null,
    'must be a version with three numbers, such as 1.2.3',
  );
const host = z
  .string()
  .regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an IP address, without a scheme or port');
const origin = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : null;
  const plain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash;
  if (plain && url.username === '' && url.password === '') return url;
  context.addIssue({
    code: 'custom',
    message: 'must be an origin such as https://planeboard.example.com, without a path',
  });
  return z.NEVER;
});

/** Undocumented: for Planeboard's own tests. */
const TEST_PACE_VARIABLE = 'PLANEBOARD_TEST_PACE';

const variables = z.object({
  PLANEBOARD_CONTEXT: text.optional(),
  PLANEBOARD_INSTALLATION: text.optional(),
  PORT: port.default(3000),
  PLANEBOARD_HOST: host.default('127.0.0.1'),
  PLANEBOARD_URL: origin.optional(),
  PLANEBOARD_TRUSTED_PROXIES: trustedProxies.optional(),
  PLANEBOARD_READONLY: flag.default(false),
  PLANEBOARD_PUBLIC_READ: flag.default(false),
  PLANEBOARD_AUTH: authModes.prefault('kubeconfig'),
  PLANEBOARD_SESSION_KEYS: sessionKeys.optional(),
  PLANEBOARD_SESSION_IDLE_MINUTES: idleMinutes.prefault('15'),
  PLANEBOARD_SESSION_MAX_HOURS: maxHours.prefault('12'),
  ...OIDC_VARIABLES,
  PLANEBOARD_IMPERSONATE: flag.optional(),
  PLANEBOARD_IMPERSONATE_GROUPS: impersonatedGroups.optional(),
  ...PROXY_VARIABLES,
  PLANEBOARD_WALL: z.enum(WALL_MODES, { error: 'must be off, token or open' }).default('token'),
  PLANEBOARD_WALL_PUBLIC: flag.default(false),
  PLANEBOARD_WALL_KEYS: sessionKeys.optional(),
  PLANEBOARD_WALL_LINK_DAYS: linkDays.prefault('180'),
  PLANEBOARD_CONTROL_PLANE_NAMESPACE: dnsLabel.default('openchoreo-control-plane'),
  PLANEBOARD_NAMESPACES: namespaceList.optional(),
  PLANEBOARD_CHART_REPOSITORY: chartRepository.optional(),
  PLANEBOARD_CHART_VERSION: chartVersion.optional(),
  [TEST_PACE_VARIABLE]: amount.refine((value) => value >= 1, 'must be at least 1').default(1),
  PLANEBOARD_LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
});

/**
 * Parses the environment. An empty variable counts as unset, because shells and charts write it that way. Each
 * problem is one sentence that names the variable. It never repeats the value, which could be anything.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): ConfigOutcome {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const problems: string[] = [];
  const read = variables.safeParse(set);
  for (const issue of read.error?.issues ?? []) problems.push(`${issue.path.join('.')} ${issue.message}.`);
  const limits = readLimits(set, read.data?.[TEST_PACE_VARIABLE] ?? 1, problems);
  problems.push(...unknownVariables(set));
  if (read.success)
    problems.push(
      ...signInProblems(read.data),
      ...oidcProblems(read.data, read.data.PLANEBOARD_AUTH.includes('oidc')),
      ...impersonationProblems(read.data),
      ...proxyProblems(read.data),
      ...publicHostProblems(read.data),
      ...openWallProblems(read.data),
    );
  if (!read.success || problems.length > 0) return { ok: false, problems };
  const values = read.data;
  return {
    ok: true,
    config: {
      context: values.PLANEBOARD_CONTEXT ?? null,
      installation: values.PLANEBOARD_INSTALLATION ?? null,
      port: values.PORT,
      host: values.PLANEBOARD_HOST,
      publicUrl: values.PLANEBOARD_URL ?? null,
      trustedProxies: values.PLANEBOARD_TRUSTED_PROXIES ?? [],
      readOnly: values.PLANEBOARD_READONLY,
      auth: values.PLANEBOARD_AUTH,
      session: sessionConfigOf(values, values[TEST_PACE_VARIABLE]),
      oidc: values.PLANEBOARD_AUTH.includes('oidc') ? oidcConfigOf(values) : null,
      impersonation: impersonationConfigOf(values),
      proxy: proxyConfigOf(values),
      wall: values.PLANEBOARD_WALL,
      wallLinks: wallLinkConfigOf(values),
      controlPlaneNamespace: values.PLANEBOARD_CONTROL_PLANE_NAMESPACE,
      namespaces: values.PLANEBOARD_NAMESPACES ?? [],
      chartRepository: values.PLANEBOARD_CHART_REPOSITORY ?? null,
      chartVersion: values.PLANEBOARD_CHART_VERSION ?? null,
      logLevel: values.PLANEBOARD_LOG_LEVEL,
      limits,
      testPace: values[TEST_PACE_VARIABLE],
    },
  };
}

/**
 * Without sign-in, everyone who can reach the server acts with its own permissions. So other machines may reach it
 * directly only to read, and only if someone has decided that. A proxy on this machine can do the sign-in. With sign-in,
 * they may reach it over TLS only: tokens and sessions mustn't cross a network unencrypted.
 */
function publicHostProblems({
  PLANEBOARD_HOST: listensOn,
  PLANEBOARD_URL: publicUrl,
  PLANEBOARD_AUTH: auth,
  PLANEBOARD_READONLY: readOnly,
  PLANEBOARD_PUBLIC_READ: publicRead,
}: z.infer<typeof variables>): string[] {
  if (hasSignIn(auth)) {
    if (publicUrl?.protocol === 'https:' || (isLoopbackName(listensOn) && isOnlyHere(publicUrl))) return [];
    return [
      'PLANEBOARD_URL must start with https:// if other machines reach Planeboard: tokens and sessions need TLS, which a proxy in front of it provides.',
    ];
  }
  if (isLoopbackName(listensOn) || (readOnly && publicRead)) return [];
  return [
    'PLANEBOARD_HOST must be a loopback address without sign-in, because everyone who can reach Planeboard would have its permissions. Set PLANEBOARD_AUTH=oidc or token. To let them all read everything instead, set PLANEBOARD_READONLY=true and PLANEBOARD_PUBLIC_READ=true.',
  ];
}

/**
 * An open wall needs no token, so opening it to the network requires an explicit setting, even behind a proxy on this
 * machine.
 */
function openWallProblems({
  PLANEBOARD_WALL: wall,
  PLANEBOARD_WALL_PUBLIC: isPublic,
  PLANEBOARD_HOST: listensOn,
  PLANEBOARD_URL: publicUrl,
}: z.infer<typeof variables>): string[] {
  if (wall !== 'open' || isPublic || (isLoopbackName(listensOn) && isOnlyHere(publicUrl))) return [];
  return [
    'PLANEBOARD_WALL can be open only on a loopback address. To show the wall to everyone who can reach the server, set PLANEBOARD_WALL_PUBLIC=true.',
  ];
}

function isOnlyHere(publicUrl: URL | undefined): boolean {
  return !publicUrl || isLoopbackName(publicUrl.hostname);
}

function readLimits(set: Record<string, string | undefined>, pace: number, problems: string[]): HealthLimits {
  const limits = { ...DEFAULT_LIMITS, contactLostMs: DEFAULT_LIMITS.contactLostMs / pace };
  for (const { name, limit, unitMs } of LIMIT_VARIABLES) {
    if (set[name] === undefined) continue;
    const value = amount.safeParse(set[name]);
    if (value.success) limits[limit] = value.data * unitMs;
    else problems.push(`${name} ${value.error.issues[0]?.message}.`);
  }
  if (limits.heartbeatStaleMs < limits.heartbeatFreshMs) {
    problems.push('PLANEBOARD_HEARTBEAT_STALE_SECONDS must not be below PLANEBOARD_HEARTBEAT_FRESH_SECONDS.');
  }
  return limits;
}

/** Reports misspelt variables, which would otherwise be ignored silently. */
function unknownVariables(set: Record<string, string | undefined>): string[] {
  const known = new Set([...CONFIG_VARIABLES.map((variable) => variable.name), TEST_PACE_VARIABLE]);
  return Object.keys(set)
    .filter((name) => name.startsWith('PLANEBOARD_') && !known.has(name))
    .map((name) => `${name} isn't a Planeboard variable.`);
}

/**
 * Returns the process's configuration.
 *
 * @throws Error when it is invalid, although the start has already checked it
 */
export function getConfig(): Config {
  return processSlot('config', () => {
    const outcome = parseConfig(process.env);
    if (!outcome.ok) throw new Error(outcome.problems.join(' '));
    return outcome.config;
  });
}
