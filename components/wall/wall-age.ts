import type { ApiServer, Source } from '@/lib/api/fleet';
import { dataOldMs } from '@/lib/api/stream';
import { newestContactMs } from '@/lib/plane/fleet/source-state';
import { parseTimeMs } from '@/lib/plane/time/age';
import { paced } from '@/lib/plane/time/pace';

/** From this age on, the wall shows nothing as current. */
export function blindMs(): number {
  return paced(60_000);
}

/** How current the data of a wall are. */
export interface WallAge {
  readonly ageMs: number;
  readonly state: 'live' | 'old' | 'blind';
  /** The missing contact: the screen's with Planeboard, or Planeboard's with the API server. */
  readonly side: 'server' | 'api-server';
  /** Whether there was no frame, or no contact with the API server, since the wall was opened. */
  readonly never: boolean;
}

/**
 * Returns how old a wall's data are: the age of the server's last frame, of its last contact with the API server, or of
 * the last proof that a watch delivers changes, whichever is oldest. Without any frame, the data are as old as the page.
 *
 * @param frameAgeMs since the last frame, on a monotonic clock; null if none came
 * @param openMs since the page was opened, on the same clock
 * @param nowMs the API server's clock
 */
export function wallAge(
  {
    apiServer,
    sources,
    frameAgeMs,
    openMs,
  }: {
    readonly apiServer: ApiServer | null;
    readonly sources: readonly Source[];
    readonly frameAgeMs: number | null;
    readonly openMs: number;
  },
  nowMs: number,
): WallAge {
  const contactAtMs = parseTimeMs(apiServer?.lastContactAt ?? undefined);
  const silent = frameAgeMs ?? openMs;
  // While a single watch proves nothing, the wall names its kind.
  const provenAtMs = Math.min(contactAtMs ?? 0, newestContactMs(sources) ?? Number.POSITIVE_INFINITY);
  const sinceContact = contactAtMs === null ? openMs : Math.max(0, nowMs - provenAtMs);
  const ageMs = Math.max(0, silent, sinceContact);
  return {
    ageMs,
    state: ageMs > blindMs() ? 'blind' : ageMs > dataOldMs() ? 'old' : 'live',
    // Without frames nothing is known about the server's own contact.
    side: silent > dataOldMs() || frameAgeMs === null ? 'server' : 'api-server',
    never: frameAgeMs === null || contactAtMs === null,
  };
}
