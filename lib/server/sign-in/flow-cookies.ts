import 'server-only';
import type { SessionConfig } from '@/lib/server/config/sign-in-config';
import { z } from '@/lib/zod';
import { openJson, sealJson } from './sealed-json';
import { type CookieForm, cookieNamesIn, cookieValues, setCookie } from './session-cookies';

/** How long a person may take at the provider. */
const MAX_AGE_SECONDS = 600;
/** How many sign-ins a browser can have begun, such as in several tabs. */
const MAX_FLOWS = 4;
/** Enough of the state to tell the flows of a browser apart. */
const NAME_LENGTH = 8;
const STATE_FORM = /^[A-Za-z0-9_-]{40,100}$/;

/** A sign-in that a browser has begun at the provider. */
const flowSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** The path to open afterwards. */
  next: z.string(),
  startedAtMs: z.number(),
});
export type StartedFlow = z.infer<typeof flowSchema>;

/**
 * Returns the Set-Cookie headers for a sign-in that begins. Each has a cookie of its own, so that two tabs can sign in at
 * once; abandoned ones make room.
 */
export async function storeFlow(
  flow: StartedFlow,
  cookieHeader: string | null,
  form: CookieForm,
  config: Pick<SessionConfig, 'keys'>,
): Promise<readonly string[]> {
  const prefix = `${form.name}.flow.`;
  const others = cookieNamesIn(cookieHeader).filter((name) => name.startsWith(prefix));
  const surplus = others.slice(0, Math.max(0, others.length - MAX_FLOWS + 1));
  const sealed = await sealJson('sign-in flow', flow, config);
  return [
    ...surplus.map((name) => setCookie(name, null, form)),
    setCookie(flowName(flow.state, form), sealed, form, MAX_AGE_SECONDS),
  ];
}

/** Returns the sign-in that this browser began with a state; null if it didn't, or too long ago. */
export async function openFlow(
  state: string | null,
  cookieHeader: string | null,
  form: CookieForm,
  config: Pick<SessionConfig, 'keys'>,
  nowMs: number,
): Promise<StartedFlow | null> {
  if (state === null || !STATE_FORM.test(state)) return null;
  for (const sealed of cookieValues(cookieHeader ?? '', flowName(state, form)).slice(0, MAX_FLOWS)) {
    const content = await openJson('sign-in flow', sealed, config).catch(() => null);
    const { data: flow } = flowSchema.safeParse(content);
    if (flow?.state === state && nowMs < flow.startedAtMs + MAX_AGE_SECONDS * 1000) return flow;
  }
  return null;
}

/** Returns the Set-Cookie headers that remove a sign-in that has ended. */
export function clearFlow(state: string | null, form: CookieForm): readonly string[] {
  return state !== null && STATE_FORM.test(state) ? [setCookie(flowName(state, form), null, form)] : [];
}

function flowName(state: string, { name }: CookieForm): string {
  return `${name}.flow.${state.slice(0, NAME_LENGTH)}`;
}
