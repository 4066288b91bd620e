import type { ApiServer } from '@/lib/api/fleet';
import { parseTimeMs } from '@/lib/plane/time/age';

/** Frames and contacts come every 5 s: older than three of them is no hiccup any more. */
export const DATA_OLD_MS = 15_000;

/** A connection that is back within this was never worth a banner; frames come every 5 s at the latest. */
const LOST_SHOWN_MS = 7000;

/** How current what the page shows is. */
export interface DataAge {
  /** Whole seconds; null while nothing has ever been heard of the API server. */
  readonly ageSeconds: number | null;
  /**
   * `live`: current, and followed; `opening`: current as rendered, with nothing that follows it yet; `old`: not current
   * for the reason that `side` names; `never`: there are no data.
   */
  readonly state: 'live' | 'opening' | 'old' | 'never';
  /** Which contact is missing: the browser's with Planeboard's server, or that server's with the API server. */
  readonly side: 'server' | 'api-server' | null;
  /** The moment that the data are from, RFC 3339 on the API server's clock. */
  readonly asOf: string | null;
}

/** What the age is told by: the feed's last word, or until it has spoken the page as the server rendered it. */
export interface LastWord {
  readonly apiServer: ApiServer;
  /** How long ago Planeboard's server was heard, milliseconds. */
  readonly silenceMs: number;
  /** The stream is known to be broken. */
  readonly lost: boolean;
  /** The stream has told the fleet at least once, so that what is shown moves with it. */
  readonly followed: boolean;
}

/**
 * How old the data are: the older of the server's last word, and the server's last proven contact with the API server.
 * A stream that never opened is no different from one that broke: what the server rendered ages like what it sent.
 *
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function dataAge({ apiServer, silenceMs, lost, followed }: LastWord, nowMs: number): DataAge {
  const contactAtMs = parseTimeMs(apiServer.lastContactAt ?? undefined);
  const badContact = apiServer.state !== 'reachable' && apiServer.state !== 'none-installed';
  if (contactAtMs === null) {
    return { ageSeconds: null, state: 'never', side: lost ? 'server' : null, asOf: null };
  }
  const ageMs = Math.max(0, silenceMs, nowMs - contactAtMs);
  const silent = (lost && ageMs > LOST_SHOWN_MS) || silenceMs > DATA_OLD_MS;
  const side = silent ? 'server' : badContact || ageMs > DATA_OLD_MS ? 'api-server' : null;
  return {
    ageSeconds: Math.floor(ageMs / 1000),
    state: side === null ? (followed ? 'live' : 'opening') : 'old',
    side,
    asOf: side === null ? null : `${new Date(nowMs - ageMs).toISOString().slice(0, 19)}Z`,
  };
}
