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
  mode: z.enum(['token', 'oidc']),
  /**
   * The token that the person's requests are sent with: the person's own, or the provider's ID token. Empty if Planeboard's
   * account acts for the person.
   */
  credential: z.string(),
  /** For whom Planeboard's account acts. */
  impersonated: z.object({ user: z.string(), groups: z.array(z.string()) }).optional(),
  user: z.string(),
  /** Names the session in the audit log. It grants nothing. */
  id: z.string(),
  /** What the session's own pages send with each write, and no other page knows. */
  csrf: z.string(),
  signedInAtMs: z.number(),
  /** When the idle time began: at the sign-in, or at the last renewal from a page in use. */
  renewedAtMs: z.number(),
  /** The person's `sub` at the provider. */
  subject: z.string().optional(),
  /** Without one, the provider can't renew the credential. */
  refreshToken: z.string().optional(),
  /** When the ID token expires. The session can then be renewed, until it has been idle for too long. */
  credentialEndsAtMs: z.number().optional(),
});
export type Session = z.infer<typeof sessionSchema>;

/** What a session is begun with, and what its renewal replaces. */
export type SessionCredential = Pick<
  Session,
  'credential' | 'impersonated' | 'refreshToken' | 'credentialEndsAtMs'
>;

/**
 * Returns a new session. Its id and CSRF value are always new: a session from before the sign-in never becomes this
 * person's.
 */
export function newSession(
  who: SessionCredential & Pick<Session, 'mode' | 'user' | 'subject'>,
  nowMs: number,
): Session {
  return { ...who, id: randomText(), csrf: randomText(), signedInAtMs: nowMs, renewedAtMs: nowMs };
}

/** Returns the session with the idle time started again. Everything else stays, so that open pages go on. */
export function renewedSession(session: Session, nowMs: number): Session {
  return { ...session, renewedAtMs: nowMs };
}

/** When a session ends, in milliseconds since the epoch. */
export interface SessionEnds {
  /** If no page in use renews it. */
  readonly idleEndsAtMs: number;
  /** In any case. */
  readonly endsAtMs: number;
  /** When requests need a renewed one: at `idleEndsAtMs`, or earlier if its credential expires. */
  readonly usableUntilMs: number;
}

export function sessionEnds(
  session: Pick<Session, 'signedInAtMs' | 'renewedAtMs' | 'credentialEndsAtMs'>,
  { idleMs, maxMs }: Pick<SessionConfig, 'idleMs' | 'maxMs'>,
): SessionEnds {
  const endsAtMs = session.signedInAtMs + maxMs;
  const idleEndsAtMs = Math.min(session.renewedAtMs + idleMs, endsAtMs);
  const usableUntilMs = Math.min(idleEndsAtMs, session.credentialEndsAtMs ?? Number.POSITIVE_INFINITY);
  return { idleEndsAtMs, endsAtMs, usableUntilMs };
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
