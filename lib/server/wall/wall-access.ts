import 'server-only';
import type { WallLimits } from '@/lib/api/wall';
import { ProblemError } from '@/lib/server/http/problem';
import { noteRequest, type RoutedRequest } from '@/lib/server/http/request-note';
import { originOf } from '@/lib/server/http/request-origin';
import { wallTokensOf } from '@/lib/server/http/wall-cookie';
import { auditEvent } from '@/lib/server/log/audited-event';
import { FirstInPeriod } from '@/lib/server/log/first-in-period';
import { processSlot } from '@/lib/server/process/process-slot';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { type TokenRef, WALL_CONFIG_MAP } from './wall-token';
import { NO_LIMITS } from './wall-view';

/** Whether a screen may show the wall, and if not, why. */
export type WallAccess =
  | {
      readonly state: 'granted';
      readonly limits: WallLimits;
      /** The link's title; null: the wall is open to all. */
      readonly title: string | null;
      /** The token that granted access; null: the wall is open to all. */
      readonly token: TokenRef | null;
    }
  /** The wall is off: every path of it is 404. */
  | { readonly state: 'off' }
  /** The screen sent no link, or an invalid one. */
  | { readonly state: 'no-token' }
  /** Its link is unknown: it was revoked. */
  | { readonly state: 'revoked' }
  /** Its link has ended. */
  | { readonly state: 'ended' }
  /** Its link wasn't created so by this server. */
  | { readonly state: 'not-authentic' }
  /** The links can't be read: the API server has been unreachable since the start, or a right is missing. */
  | { readonly state: 'unreadable'; readonly forbidden: boolean };

/** Returns whether the screen that sends these headers may show a wall. Never throws. */
export async function wallAccess(headers: Headers): Promise<WallAccess> {
  const { mode, tokenCache } = getRuntime().wall;
  if (mode === 'off') return { state: 'off' };
  if (mode === 'open') return { state: 'granted', limits: NO_LIMITS, title: null, token: null };
  const [first, ...others] = wallTokensOf(headers);
  if (first === undefined) return { state: 'no-token' };
  const check = await tokenCache.check(first, ...others);
  switch (check.state) {
    case 'valid': {
      const { id, stored } = check;
      const token = { id, sha256: stored.sha256 };
      return { state: 'granted', limits: stored.limits, title: stored.title, token };
    }
    case 'ended':
      auditEnd(check.id, check.stored.endsAt, headers);
      return { state: 'ended' };
    case 'not-authentic':
      return { state: 'not-authentic' };
    case 'unknown':
      return { state: 'revoked' };
    case 'unreadable':
      return { state: 'unreadable', forbidden: check.code === 'forbidden' };
  }
}

/** Logs once that a link has ended, when the first screen notices. */
function auditEnd(link: string, endsAt: string, headers: Headers): void {
  const logged = processSlot('audited-link-ends', () => new FirstInPeriod(Number.POSITIVE_INFINITY));
  if (logged.take(link, 0) === null) return;
  auditEvent({ user: null, origin: originOf(headers) }, { event: 'wall-link-ended', link, endsAt });
}

/**
 * Does the same for the routes, which answer with a problem.
 *
 * @throws ProblemError `not-found` (the wall is off), `unauthenticated` (no link), `wall-revoked`,
 * `wall-ended`, `wall-not-authentic`,
 * `api-server-unreachable` or `forbidden` (the links can't be read)
 */
export async function requireWallAccess(
  request: RoutedRequest,
): Promise<Extract<WallAccess, { state: 'granted' }>> {
  noteRequest(request);
  const access = await wallAccess(request.headers);
  switch (access.state) {
    case 'granted':
      return access;
    case 'off':
      throw noWall();
    case 'no-token':
      throw new ProblemError('unauthenticated', 'This screen has no wall link. Open one to see the wall.');
    case 'revoked':
      throw new ProblemError('wall-revoked', 'This wall link was revoked. Open a new one to see the wall.');
    case 'ended':
      throw new ProblemError('wall-ended', 'This wall link has ended. Open a new one to see the wall.');
    case 'not-authentic':
      throw new ProblemError(
        'wall-not-authentic',
        "This wall link can't be verified: it was changed by hand, or created with another key or by an earlier version. Open a new one to see the wall.",
      );
    case 'unreadable':
      throw access.forbidden
        ? new ProblemError(
            'forbidden',
            `Planeboard can't check this wall link: its account can't get the ConfigMap ${WALL_CONFIG_MAP} in the control plane's namespace. Ask an administrator for this permission.`,
          )
        : new ProblemError(
            'api-server-unreachable',
            "Planeboard can't read the wall links from the API server right now.",
          );
  }
}

/** @throws ProblemError `not-found` when the wall is off */
export function requireWall(): void {
  if (getRuntime().wall.mode === 'off') throw noWall();
}

function noWall(): ProblemError {
  return new ProblemError('not-found', 'The status wall is off (PLANEBOARD_WALL=off).');
}
