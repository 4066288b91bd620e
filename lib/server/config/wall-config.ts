import 'server-only';
import { DAY_MS } from '@/lib/plane/time/duration';
import { z } from '@/lib/zod';

/** How links to the wall are authenticated, and how long they last. */
export interface WallLinkConfig {
  /** Secret keys of 32 bytes. The first signs, all verify. None: links aren't authenticated. */
  readonly keys: readonly Uint8Array[];
  /** A link ends this long after its creation. */
  readonly lifeMs: number;
}

/** Days until a new link ends, in milliseconds. */
export const linkDays = z
  .string()
  .regex(/^[1-9]\d{0,3}$/, 'must be a whole number of days, at least 1')
  .transform((value) => Number(value) * DAY_MS);

/** The variables of the wall's links, as read. */
interface WallLinkVariables {
  readonly PLANEBOARD_WALL_KEYS?: readonly Uint8Array[] | undefined;
  readonly PLANEBOARD_SESSION_KEYS?: readonly Uint8Array[] | undefined;
  readonly PLANEBOARD_WALL_LINK_DAYS: number;
}

/** Returns how links work: with keys of their own, otherwise with those of the sessions. */
export function wallLinkConfigOf(values: WallLinkVariables): WallLinkConfig {
  return {
    keys: values.PLANEBOARD_WALL_KEYS ?? values.PLANEBOARD_SESSION_KEYS ?? [],
    lifeMs: values.PLANEBOARD_WALL_LINK_DAYS,
  };
}
