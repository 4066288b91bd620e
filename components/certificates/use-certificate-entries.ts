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
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { paced } from '@/lib/plane/time/pace';

/** The server reads Secrets every few minutes, so reading its list more often brings little. */
const REREAD_MS = 30_000;

/** The slot by which the server's list names the CA that verifies an agent. */
export const AGENT_CA_SLOT = 'agent-ca';

/** Returns a function that follows a clock once a minute: ends of certificates are told in hours and days. */
function everyMinute(): (nowMs: number) => number {
  let lastMs = Number.NEGATIVE_INFINITY;
  return (nowMs) => {
    if (Math.abs(nowMs - lastMs) >= MINUTE_MS) lastMs = nowMs;
    return lastMs;
  };
}

export type Entry = CertificateEntry<FleetPlane>;

export interface CertificateEntries {
  /** Most urgent first. */
  readonly entries: readonly Entry[];
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
  initial: readonly FleetPlane[],
  initialList: CertificateList,
): CertificateEntries {
  const { serverTime, limits } = useFirstPaint();
  const feedRows = useFleetRows(false);
  const rows = useMemo(
    () => feedRows ?? initial.map((plane) => renderedRow(plane, Date.parse(serverTime))),
    [feedRows, initial, serverTime],
  );
  const query = useQuery({
    queryKey: ['certificates'],
    queryFn: async ({ signal }) => certificateListSchema.parse(await getJson('/api/certificates', signal)),
    initialData: initialList,
    staleTime: paced(REREAD_MS),
    refetchInterval: paced(REREAD_MS),
  });
  const [eachMinute] = useState(everyMinute);
  const nowMs = useTick(eachMinute);
  const entries = useMemo(
    () =>
      certificateEntries(
        rows.map(({ plane }) => plane),
        query.data,
        AGENT_CA_SLOT,
        limits,
        nowMs,
      ),
    [rows, query.data, limits, nowMs],
  );
  const byUid = useMemo(() => new Map(rows.map((row) => [row.plane.uid, row])), [rows]);
  return { entries, rows: byUid, nowMs, problem: queryProblem(query) };
}
