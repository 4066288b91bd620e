'use client';

import { useMemo } from 'react';
import type { FleetPlane } from '@/lib/api/fleet';
import { deriveRow, type FleetRow, renderedRow } from '@/lib/client/feed/derived-fleet';
import { serverContactAtMs } from '@/lib/client/feed/fleet-feed';
import { useFirstPaint, useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { currentRows, judgeNow, useFleetRow, useFleetRows } from '@/lib/client/feed/live-fleet';
import { useTick } from '@/lib/client/feed/tick';
import type { SetupFacts } from '@/lib/plane/agent-setup/setup-facts';
import { isKindListed, watchOf } from '@/lib/plane/fleet/source-state';
import { hasFreshAgent } from '@/lib/plane/health/fresh-agent';
import type { KindEntry } from '@/lib/plane/model/kinds';
import { type PlaneIdentity, planeKey } from '@/lib/plane/model/plane-path';
import { siblingsIn } from '@/lib/plane/model/references';

export type LiveSetup = Pick<
  SetupFacts,
  'row' | 'listed' | 'contactAtMs' | 'apiServerProblem' | 'siblings' | 'incident' | 'limits' | 'nowMs'
>;

const currentTime = (nowMs: number) => nowMs;

/**
 * Returns the plane to connect and its siblings, updated every second. Finds the plane by name and not by uid,
 * because it may be created or recreated meanwhile.
 *
 * @param initial these planes as the server rendered the page, used until the feed brings the fleet
 */
export function useLiveSetup(
  entry: KindEntry,
  identity: PlaneIdentity,
  expectedPlaneID: string | null,
  initial: readonly FleetPlane[],
): LiveSetup {
  const { limits, serverTime } = useFirstPaint();
  const { apiServer, sources, incidents } = useFleetMeta();
  const nowMs = useTick(currentTime);
  const feedRows = useFleetRows(false);
  const key = planeKey(identity);

  const renderedRows = useMemo(
    () => initial.map((plane) => renderedRow(plane, Date.parse(serverTime))),
    [initial, serverTime],
  );
  const rows: readonly FleetRow[] = feedRows ?? renderedRows;
  const found = useMemo(() => rows.find(({ plane }) => planeKey(plane) === key), [rows, key]);
  // The list changes only when a row may look different; the row itself changes with every update.
  const live = useFleetRow(found?.plane.uid ?? '');
  const own = found && (live ?? found);

  const planeID = own?.plane.planeID ?? expectedPlaneID;
  const uid = own?.plane.uid;
  const siblings = useMemo(() => {
    const key = planeID === null ? null : `${entry.planeType}/${planeID}`;
    return siblingsIn(rows, { uid, key });
  }, [rows, uid, planeID, entry]);

  const context = {
    sources,
    limits,
    serverContactAtMs: serverContactAtMs(Date.parse(serverTime)),
  };
  const judged = (row: FleetRow): FleetRow => ({
    ...row,
    health: (feedRows && judgeNow(row, nowMs)) ?? deriveRow(row.plane, context, nowMs).health,
  });
  const source = watchOf(sources, identity);
  return {
    row: own ? judged(own) : null,
    // The rows of the list may lack the latest heartbeats.
    siblings: currentRows(siblings)
      .map(judged)
      .sort((a, b) => Number(hasFreshAgent(b)) - Number(hasFreshAgent(a))),
    listed: listedState(identity, { apiServer, sources }),
    contactAtMs: source?.lastContactAt ? Date.parse(source.lastContactAt) : null,
    apiServerProblem: problemOf(apiServer),
    // While only a part of the fleet is lost, the control plane works for others.
    incident: incidents.some(({ code }) => code === 'control-plane'),
    limits,
    nowMs,
  };
}

function listedState(
  identity: PlaneIdentity,
  { apiServer, sources }: Pick<ReturnType<typeof useFleetMeta>, 'apiServer' | 'sources'>,
): SetupFacts['listed'] {
  const source = watchOf(sources, identity);
  if (source?.state === 'forbidden') return 'forbidden';
  const known = isKindListed(identity, { apiServer, sources });
  if (known && !source) return 'not-installed';
  return known ? 'yes' : 'no';
}

function problemOf({ state, problem }: ReturnType<typeof useFleetMeta>['apiServer']): string | null {
  switch (state) {
    case 'reachable':
    case 'none-installed':
      return null;
    case 'connecting':
      return "The API server hasn't responded yet.";
    case 'unauthorized':
      return "The API server rejected Planeboard's credentials, so the planes' state is unknown.";
    case 'unreachable':
      return `The API server can't be read.${problem === undefined ? '' : ` ${problem}`}`;
  }
}
