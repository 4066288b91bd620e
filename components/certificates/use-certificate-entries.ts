'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type CertificateList, certificateListSchema } from '@/lib/api/certificate-list';
import type { FleetPlane } from '@/lib/api/fleet';
import { getJson } from '@/lib/client/api/api-request';
import { queryProblem } from '@/lib/client/api/query-client';
import { type FleetRow, renderedRow } from '@/lib/client/feed/derived-fleet';
import { useFirstPaint } from '@/lib/client/feed/fleet-meta';
import { useFleetRows } from '@/lib/client/feed/live-fleet';
import { useTick } from '@/lib/client/feed/tick';
import { type CertificateEntry, certificateEntries } from '@/lib/plane/certificate-list/certificate-entry';
import { sortEntries } from '@/lib/plane/fleet/fleet-sort';
import type { FleetSort } from '@/lib/plane/fleet/fleet-view';
import { AGENT_CA_SLOT } from '@/lib/plane/history/traced-fields';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { paced } from '@/lib/plane/time/pace';

/** The server reads Secrets every three minutes, and of a large fleet the list is large. */
const REREAD_MS = 60_000;

/** Returns a function that follows a clock once a minute: ends of certificates are told in hours and days. */
function everyMinute(): (nowMs: number) => number {
  let lastMs = Number.NEGATIVE_INFINITY;
  return (nowMs) => {
    if (Math.abs(nowMs - lastMs) >= MINUTE_MS) lastMs = nowMs;
    return lastMs;
  };
}

const BY_NAME: FleetSort = { by: 'name', descending: false };

export type Entry = CertificateEntry<FleetPlane>;

export interface CertificateEntries {
  /** Most urgent first; null until the planes are known. */
  readonly entries: readonly Entry[] | null;
  /** The planes' rows, by uid. */
  readonly rows: ReadonlyMap<string, FleetRow>;
  /** When the entries were judged, on the API server's clock, milliseconds since the epoch. */
  readonly nowMs: number;
  /** Why issuers and places couldn't be read again; null if they could. */
  readonly problem: string | null;
}

/**
 * Follows the certificates of all planes that can be seen. What they are comes with the feed; who issued them and where
 * they are stored is read beside it.
 */
export function useCertificateEntries(
  initial: readonly FleetPlane[] | null,
  initialList: CertificateList | null,
): CertificateEntries {
  const { serverTime, limits } = useFirstPaint();
  const feedRows = useFleetRows(false);
  const rows = useMemo(
    () =>
      sortEntries(
        feedRows ?? initial?.map((plane) => renderedRow(plane, Date.parse(serverTime))) ?? [],
        BY_NAME,
      ),
    [feedRows, initial, serverTime],
  );
  const query = useQuery({
    queryKey: ['certificates'],
    queryFn: async ({ signal }) => certificateListSchema.parse(await getJson('/api/certificates', signal)),
    ...(initialList === null ? {} : { initialData: initialList }),
    staleTime: paced(REREAD_MS),
    refetchInterval: paced(REREAD_MS),
  });
  const [eachMinute] = useState(everyMinute);
  const nowMs = useTick(eachMinute);
  const entries = useMemo(
    () =>
      certificateEntries(
        rows.map(({ plane }) => plane),
        query.data ?? null,
        AGENT_CA_SLOT,
        limits,
        nowMs,
      ),
    [rows, query.data, limits, nowMs],
  );
  const byUid = useMemo(() => new Map(rows.map((row) => [row.plane.uid, row])), [rows]);
  const isKnown = feedRows !== null || initial !== null;
  return { entries: isKnown ? entries : null, rows: byUid, nowMs, problem: queryProblem(query) };
}
