import 'server-only';
import { randomBytes } from 'node:crypto';
import type { SessionConfig } from '@/lib/server/config/sign-in-config';
import { z } from '@/lib/zod';

/** The bytes of an id or a CSRF value: too many to guess. */
const RANDOM_BYTES = 18;
/** How far the clocks of two replicas may differ. */
const CLOCK_SKEW_MS = 60_000;

/** What a session's cookie holds. Times are milliseconds since the epoch. */
export const sessionSchema = z.object({
  mode: z.literal('token'),
  /** The token that the person's requests are sent with. */
  credential: z.string(),
  user: z.string(),
  /** Names the session in the audit log. It grants nothing. */
  id: z.string(),
  /** What the session's own pages send with each write, and no other page knows. */
  csrf: z.string(),
  signedInAtMs: z.number(),
  renewedAtMs: z.number(),
});
export type Session = z.infer<typeof sessionSchema>;

/**
 * Returns a new session. Its id and CSRF value are always new: a session from before the sign-in never becomes this
 * person's.
 */
export function newSession(who: Pick<Session, 'mode' | 'credential' | 'user'>, nowMs: number): Session {
  return { ...who, id: randomText(), csrf: randomText(), signedInAtMs: nowMs, renewedAtMs: nowMs };
}

/** Returns the session with the idle time started again. Everything else stays, so that open pages go on. */
export function renewedSession(session: Session, nowMs: number): Session {
  return { ...session, renewedAtMs: nowMs };
}

/** Returns when a session ends, in milliseconds since the epoch: if it isn't renewed, and in any case. */
export function sessionEnds(
  { signedInAtMs, renewedAtMs }: Pick<Session, 'signedInAtMs' | 'renewedAtMs'>,
  { idleMs, maxMs }: Pick<SessionConfig, 'idleMs' | 'maxMs'>,
): { readonly idleEndsAtMs: number; readonly endsAtMs: number } {
  const endsAtMs = signedInAtMs + maxMs;
  return { idleEndsAtMs: Math.min(renewedAtMs + idleMs, endsAtMs), endsAtMs };
}

/** Returns whether a session counts: it isn't idle, not too old, and not from the future. */
export function isCurrent(
  session: Pick<Session, 'signedInAtMs' | 'renewedAtMs'>,
  limits: Pick<SessionConfig, 'idleMs' | 'maxMs'>,
  nowMs: number,
): boolean {
  const { signedInAtMs, renewedAtMs } = session;
  const isPast = signedInAtMs <= renewedAtMs && renewedAtMs <= nowMs + CLOCK_SKEW_MS;
  return isPast && nowMs < sessionEnds(session, limits).idleEndsAtMs;
}

function randomText(): string {
  return randomBytes(RANDOM_BYTES).toString('base64url');
}
