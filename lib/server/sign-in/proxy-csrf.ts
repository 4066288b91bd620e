import 'server-only';
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { CSRF_HEADER } from '@/lib/api/session';
import type { SessionConfig } from '@/lib/server/config/sign-in-config';
import { ProblemError } from '@/lib/server/http/problem';

const KEY_BYTES = 32;

type CsrfConfig = Pick<SessionConfig, 'keys' | 'maxMs'>;

/**
 * Returns the value that a person's own pages send with each write. There is no session to keep it in, so it's made of the
 * person and a session key. It counts until the end of the next period of PLANEBOARD_SESSION_MAX_HOURS.
 */
export function proxyCsrf(user: string, config: CsrfConfig, nowMs: number): string {
  const [key] = config.keys;
  if (!key) throw new Error('There is no key for CSRF values.');
  return csrfValue(key, user, periodAt(config, nowMs));
}

/**
 * Rejects a write that doesn't come from one of this person's own pages. The proxy adds the identity to any request of the
 * browser, but only these pages know the value.
 *
 * @throws ProblemError `csrf`
 */
export function requireProxyCsrf(headers: Headers, user: string, config: CsrfConfig, nowMs: number): void {
  const sent = Buffer.from(headers.get(CSRF_HEADER) ?? '');
  const period = periodAt(config, nowMs);
  const accepted = config.keys.flatMap((key) =>
    [period, period - 1].map((at) => Buffer.from(csrfValue(key, user, at))),
  );
  if (accepted.some((value) => value.length === sent.length && timingSafeEqual(value, sent))) return;
  throw new ProblemError(
    'csrf',
    'This page belongs to another person or is too old. Reload it and try again.',
  );
}

function periodAt({ maxMs }: CsrfConfig, nowMs: number): number {
  return Math.floor(nowMs / maxMs);
}

function csrfValue(key: Uint8Array, user: string, period: number): string {
  const derived = hkdfSync('sha256', key, '', 'planeboard proxy csrf', KEY_BYTES);
  return createHmac('sha256', Buffer.from(derived))
    .update(JSON.stringify([period, user]))
    .digest('base64url');
}
