'use client';

import { useCallback, useMemo, useState } from 'react';
import type { FleetPlane } from '@/lib/api/fleet';
import { agedFleetList, agedRow } from './aged-fleet';
import { type FleetRow, toldRow } from './derived-fleet';
import { useFirstPaint } from './first-paint';
import { serverHeardAtMs } from './fleet-feed';
import type { FleetList } from './use-fleet-list';
import { useFleetMeta } from './use-fleet-meta';
import { useTick } from './use-tick';

/** Whole seconds since the server rendered the page; stands still at 0 where nobody needs them. */
function useSecondsSinceFirstPaint(running: boolean): number {
  const renderedAtMs = Date.parse(useFirstPaint().serverTime);
  return useTick(
    useCallback(
      (nowMs: number) => (running ? Math.max(0, Math.floor((nowMs - renderedAtMs) / 1000)) : 0),
      [running, renderedAtMs],
    ),
  );
}

/**
 * The list that the server rendered, growing old until the feed has spoken: should it never speak, what was healthy
 * then is not shown as healthy for ever.
 *
 * @param spoken the feed has brought the planes, and this list is of no use any more
 */
export function useAgedFirstList(first: FleetList, spoken: boolean): FleetList {
  const paint = useFirstPaint();
  const seconds = useSecondsSinceFirstPaint(!spoken);
  return useMemo(
    () =>
      spoken || seconds === 0
        ? first
        : agedFleetList(
            first,
            { ...paint, serverHeardAtMs: serverHeardAtMs(Date.parse(paint.serverTime)) },
            Date.parse(paint.serverTime) + seconds * 1000,
          ),
    [first, spoken, paint, seconds],
  );
}

/**
 * One plane's row: what the feed tells or, while it does not tell of the plane, the last that was known of it, judged
 * anew each second by when its kind was last heard.
 *
 * @param live the feed's row; undefined: the feed has not spoken, its server has not read the kind, or the plane is gone
 * @param frozen the plane is known to be gone: its last state is history, and does not grow old
 */
export function useLastRow(plane: FleetPlane, live: FleetRow | undefined, frozen: boolean): FleetRow {
  const { limits, serverTime } = useFirstPaint();
  const { sources, incidents } = useFleetMeta();
  const [last, setLast] = useState<FleetRow>(() => toldRow(plane, Date.parse(serverTime)));
  if (live && live !== last) setLast(live);
  // A server that was started anew may have no contact with the kind yet: then the last one that was told counts.
  const contactAt = sources.find(({ plural }) => plural === plane.plural)?.lastContactAt ?? null;
  const [heardAt, setHeardAt] = useState(contactAt);
  if (live && contactAt !== null && contactAt !== heardAt) setHeardAt(contactAt);

  const seconds = useSecondsSinceFirstPaint(live === undefined && !frozen);
  return useMemo(() => {
    if (live) return live;
    if (frozen || seconds === 0) return last;
    const own = { plural: last.plane.plural, state: 'live' as const, lastContactAt: heardAt };
    const renderedAtMs = Date.parse(serverTime);
    const known = {
      sources: [own],
      incidents,
      limits,
      serverHeardAtMs: serverHeardAtMs(renderedAtMs),
    };
    return agedRow(last, known, renderedAtMs + seconds * 1000);
  }, [live, frozen, last, seconds, heardAt, incidents, limits, serverTime]);
}
