import type { ApiServer } from '@/lib/api/fleet';
import { parseTimeMs } from '@/lib/plane/time/age';

/** Frames and contacts come every 5 s: older than three of them is no hiccup any more. */
export const OLD_MS = 15_000;
/** From here on the wall does not pretend to see. */
export const BLIND_MS = 60_000;

/** How current what a wall shows is. */
export interface WallAge {
  readonly ageMs: number;
  readonly state: 'live' | 'old' | 'blind';
  /** Which contact is missing: the screen's with Planeboard, or Planeboard's with the API server. */
  readonly side: 'server' | 'api-server';
  /** Nothing has been heard since the wall was opened. */
  readonly never: boolean;
}

/**
 * How old the data of a wall are: the older of the last word of Planeboard's server, and that server's last proven
 * contact with the API server. What was never heard is as old as the page.
 *
 * @param silenceMs since the last frame, on a monotonic clock; null: none came
 * @param openMs since the page was opened, on the same clock
 * @param nowMs the API server's clock
 */
export function wallAge(
  {
    apiServer,
    silenceMs,
    openMs,
  }: { readonly apiServer: ApiServer | null; readonly silenceMs: number | null; readonly openMs: number },
  nowMs: number,
): WallAge {
  const contactAtMs = parseTimeMs(apiServer?.lastContactAt ?? undefined);
  const silent = silenceMs ?? openMs;
  const sinceContact = contactAtMs === null ? openMs : Math.max(0, nowMs - contactAtMs);
  const ageMs = Math.max(0, silent, sinceContact);
  return {
    ageMs,
    state: ageMs > BLIND_MS ? 'blind' : ageMs > OLD_MS ? 'old' : 'live',
    // The server's own contact is at least as old as its silence: what says nothing cannot be blamed on others.
    side: silent > OLD_MS || silenceMs === null ? 'server' : 'api-server',
    never: silenceMs === null || contactAtMs === null,
  };
}
