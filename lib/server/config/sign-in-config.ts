import 'server-only';
import { HOUR_MS, MINUTE_MS } from '@/lib/plane/time/duration';
import { z } from '@/lib/zod';

/**
 * How people prove who they are. `kubeconfig`: not at all, everyone acts with the kubeconfig's identity. `proxy`: a proxy in
 * front of Planeboard says who they are.
 */
const AUTH_MODES = ['kubeconfig', 'oidc', 'token', 'proxy'] as const;
export type AuthMode = (typeof AUTH_MODES)[number];

const KEY_BYTES = 32;
const MAX_KEYS = 2;

/** How sessions are sealed, and how long they last. */
export interface SessionConfig {
  /** One or two secret keys of 32 bytes. The first seals, all open. */
  readonly keys: readonly Uint8Array[];
  /** A session that isn't renewed for this long ends. */
  readonly idleMs: number;
  /** A session ends this long after the sign-in, renewed or not. */
  readonly maxMs: number;
}

/** The modes, separated by commas. Returned in the order in which the sign-in page offers them. */
export const authModes = z.string().transform((value, context): readonly AuthMode[] => {
  const names = value.split(',').map((name) => name.trim());
  const modes = AUTH_MODES.filter((mode) => names.includes(mode));
  const isKnown = names.every((name) => AUTH_MODES.some((mode) => mode === name));
  if (!isKnown || modes.length !== names.length) {
    context.addIssue({ code: 'custom', message: `must be one of ${AUTH_MODES.join(', ')}` });
    return z.NEVER;
  }
  if (modes.includes('kubeconfig') && modes.length > 1) {
    context.addIssue({ code: 'custom', message: "can't combine kubeconfig with a sign-in" });
    return z.NEVER;
  }
  return modes;
});

/** One or two keys in base64, separated by a comma. */
export const sessionKeys = z.string().transform((value, context): readonly Uint8Array[] => {
  const texts = value.split(',').map((text) => text.trim());
  const keys = texts.map((text) => Buffer.from(text, 'base64'));
  // Buffer skips what isn't base64, so a mistyped key would become another one.
  const isExact = keys.every((key, at) => key.length === KEY_BYTES && key.toString('base64') === texts[at]);
  if (isExact && keys.length <= MAX_KEYS) return keys.map((key) => Uint8Array.from(key));
  context.addIssue({
    code: 'custom',
    message:
      'must be one or two keys of 32 bytes in base64, separated by a comma. Create one with: openssl rand -base64 32',
  });
  return z.NEVER;
});

const WHOLE_NUMBER = /^[1-9]\d{0,4}$/;

/** Minutes of inactivity, in milliseconds. Below 2, a page in use couldn't renew its session in time. */
export const idleMinutes = z
  .string()
  .regex(WHOLE_NUMBER, 'must be a whole number of minutes, at least 2')
  .transform((value) => Number(value) * MINUTE_MS)
  .refine((ms) => ms >= 2 * MINUTE_MS, 'must be a whole number of minutes, at least 2');

/** Hours since the sign-in, in milliseconds. */
export const maxHours = z
  .string()
  .regex(WHOLE_NUMBER, 'must be a whole number of hours, at least 1')
  .transform((value) => Number(value) * HOUR_MS);

/** The variables of the sign-in, as read. */
interface SignInVariables {
  readonly PLANEBOARD_AUTH: readonly AuthMode[];
  readonly PLANEBOARD_SESSION_KEYS?: readonly Uint8Array[] | undefined;
  readonly PLANEBOARD_SESSION_IDLE_MINUTES: number;
  readonly PLANEBOARD_SESSION_MAX_HOURS: number;
  readonly PLANEBOARD_PUBLIC_READ: boolean;
}

/** Returns whether people sign in. */
export function hasSignIn(modes: readonly AuthMode[]): boolean {
  return !modes.includes('kubeconfig');
}

/** How people can sign in in a browser. */
export interface SignInMethods {
  /** What the identity provider is called; null: there is none. */
  readonly provider: string | null;
  readonly hasToken: boolean;
}

/** Returns how people can sign in in a browser. */
export function signInMethods(config: {
  readonly auth: readonly AuthMode[];
  readonly oidc: { readonly label: string } | null;
}): SignInMethods {
  return { provider: config.oidc?.label ?? null, hasToken: config.auth.includes('token') };
}

/**
 * Returns how sessions work; null without sign-in or without keys.
 *
 * @param pace how many times as fast as normal a session becomes idle, in Planeboard's own tests
 */
export function sessionConfigOf(values: SignInVariables, pace: number): SessionConfig | null {
  const keys = values.PLANEBOARD_SESSION_KEYS;
  if (!keys || !hasSignIn(values.PLANEBOARD_AUTH)) return null;
  return {
    keys,
    idleMs: values.PLANEBOARD_SESSION_IDLE_MINUTES / pace,
    maxMs: values.PLANEBOARD_SESSION_MAX_HOURS,
  };
}

/** Returns what is missing for the sign-in, or contradicts it, in sentences. */
export function signInProblems(values: SignInVariables): string[] {
  if (!hasSignIn(values.PLANEBOARD_AUTH)) {
    return values.PLANEBOARD_SESSION_KEYS
      ? [
          'PLANEBOARD_SESSION_KEYS needs PLANEBOARD_AUTH=oidc or token. Without sign-in, there are no sessions.',
        ]
      : [];
  }
  const problems: string[] = [];
  if (!values.PLANEBOARD_SESSION_KEYS)
    problems.push(
      'PLANEBOARD_SESSION_KEYS is missing, and PLANEBOARD_AUTH needs it to seal sessions. Create a key with: openssl rand -base64 32.',
    );
  if (values.PLANEBOARD_PUBLIC_READ)
    problems.push(
      'PLANEBOARD_PUBLIC_READ contradicts PLANEBOARD_AUTH: with sign-in, only people who sign in can read. Remove one of them.',
    );
  if (values.PLANEBOARD_SESSION_IDLE_MINUTES > values.PLANEBOARD_SESSION_MAX_HOURS)
    problems.push('PLANEBOARD_SESSION_IDLE_MINUTES must not be longer than PLANEBOARD_SESSION_MAX_HOURS.');
  return problems;
}
