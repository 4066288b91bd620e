import { DEFAULT_RELEASE, isRelease, RELEASES, type Release } from '@/demo/crds/profiles';
import { type GatewayShape, SINGLE_REPLICA } from '@/demo/gateway/gateway-replicas';
import type { DemoAuth } from '@/demo/sign-in/demo-sign-in';
import { parseOptions, UsageError } from './options';

const DEFAULT_PORT = 3000;
const MAX_PLANES = 50_000;
const MAX_SPEED = 60;

/** The gateways that can be simulated. */
const GATEWAYS: Readonly<Record<string, GatewayShape>> = {
  single: SINGLE_REPLICA,
  mesh: { replicas: 2, mesh: true },
  split: { replicas: 2, mesh: false },
};

/** The options of `npm run demo`. */
export interface DemoArguments {
  readonly release: Release;
  /** The total number of planes; undefined means the samples and the planes that an earlier start generated. */
  readonly planes: number | undefined;
  readonly speed: number;
  readonly gateway: GatewayShape;
  readonly auth: DemoAuth;
  readonly reset: boolean;
  readonly dev: boolean;
  readonly port: number;
  readonly help: boolean;
}

export const DEMO_HELP = `Usage: npm run demo -- [options]

  --release ${RELEASES.join('|')}   release of the plane API to serve (default ${DEFAULT_RELEASE})
  --planes N     total number of planes, samples first
  --speed N      run the gateway and the controllers N times as fast (default 1: status updates every 60 s)
  --gateway single|mesh|split
                 one gateway replica (default), two that exchange their agents, or two that don't
  --auth token|oidc
                 sign in with tokens, or at a real identity provider (default: no one signs in)
  --port N       port of the dashboard (default: PORT, else ${DEFAULT_PORT})
  --reset        delete the data of earlier starts
  --dev          use hot reload instead of the production build (npm run dev)
  --help         show this help`;

const OPTIONS = {
  release: { type: 'string' },
  planes: { type: 'string' },
  speed: { type: 'string' },
  gateway: { type: 'string' },
  auth: { type: 'string' },
  port: { type: 'string' },
  reset: { type: 'boolean' },
  dev: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * Parses the command line and the PORT variable.
 *
 * @throws UsageError with one sentence for an invalid option
 */
export function parseDemoArguments(args: readonly string[], env: NodeJS.ProcessEnv): DemoArguments {
  const values = parseOptions(args, 'npm run demo', OPTIONS);
  const release = values.release ?? DEFAULT_RELEASE;
  if (!isRelease(release)) {
    throw new UsageError(`--release must be one of ${RELEASES.join(', ')}, not "${release}".`);
  }
  return {
    release,
    planes: values.planes === undefined ? undefined : wholeNumber('--planes', values.planes, 1, MAX_PLANES),
    speed: values.speed === undefined ? 1 : speedOf(values.speed),
    gateway: gatewayOf(values.gateway ?? 'single'),
    auth: authOf(values.auth ?? 'kubeconfig'),
    reset: values.reset === true,
    dev: values.dev === true,
    port: portOf(values.port, env.PORT),
    help: values.help === true,
  };
}

function portOf(option: string | undefined, variable: string | undefined): number {
  if (option !== undefined) return wholeNumber('--port', option, 1, 65_535);
  return variable ? wholeNumber('PORT', variable, 1, 65_535) : DEFAULT_PORT;
}

function gatewayOf(name: string): GatewayShape {
  const shape = GATEWAYS[name];
  if (!shape)
    throw new UsageError(`--gateway must be one of ${Object.keys(GATEWAYS).join(', ')}, not "${name}".`);
  return shape;
}

function authOf(name: string): DemoAuth {
  const auth = (['kubeconfig', 'token', 'oidc'] as const).find((one) => one === name);
  if (!auth) throw new UsageError(`--auth must be token or oidc, not "${name}".`);
  return auth;
}

function speedOf(text: string): number {
  const speed = Number(text);
  if (!(speed > 0 && speed <= MAX_SPEED)) {
    throw new UsageError(`--speed must be a number above 0, at most ${MAX_SPEED}, not "${text}".`);
  }
  return speed;
}

function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new UsageError(`${name} must be a whole number from ${min} to ${max}, not "${text}".`);
  }
  return value;
}
