'use client';

import { useMemo, useState } from 'react';
import type { FleetPlane } from '@/lib/api/fleet';
import { deriveRow, type FleetRow, renderedRow } from '@/lib/client/feed/derived-fleet';
import { serverContactAtMs } from '@/lib/client/feed/fleet-feed';
import { useFirstPaint, useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { useSecondsSinceFirstPaint } from '@/lib/client/feed/tick';

/**
 * One plane's row: from the feed or, while the feed doesn't have the plane, the last known one, whose health is derived
 * every second from the last contact with its kind.
 *
 * @param live the feed's row; undefined: no snapshot yet, the server hasn't listed the kind, or the plane is gone
 * @param frozen the plane is known to be gone: its last state is history and doesn't age
 */
export function useLastKnownRow(plane: FleetPlane, live: FleetRow | undefined, frozen: boolean): FleetRow {
  const { limits, serverTime } = useFirstPaint();
  const { sources, incidents } = useFleetMeta();
  const [last, setLast] = useState<FleetRow>(() => renderedRow(plane, Date.parse(serverTime)));
  if (live && live !== last) setLast(live);
  // A server that has just restarted may have had no contact with the kind yet: then the last contact before that counts.
  const contactAt = sources.find(({ plural }) => plural === plane.plural)?.lastContactAt ?? null;
  const [lastContactAt, setLastContactAt] = useState(contactAt);
  if (live && contactAt !== null && contactAt !== lastContactAt) setLastContactAt(contactAt);

  const seconds = useSecondsSinceFirstPaint(live === undefined && !frozen);
  return useMemo(() => {
    if (live) return live;
    if (frozen || seconds === 0) return last;
    const renderedAtMs = Date.parse(serverTime);
    const context = {
      sources: [{ plural: last.plane.plural, state: 'live' as const, lastContactAt }],
      incidents,
      limits,
      serverContactAtMs: serverContactAtMs(renderedAtMs),
    };
    return deriveRow(last.plane, context, renderedAtMs + seconds * 1000);
  }, [live, frozen, last, seconds, lastContactAt, incidents, limits, serverTime]);
}
