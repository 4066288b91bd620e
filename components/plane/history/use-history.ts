'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { historyQuery } from '@/components/plane/related/related-queries';
import type { HistoryAnswer } from '@/lib/api/plane-history';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';

/** What this server saw happen to the plane, asked for again whenever the feed tells that something did. */
export function useHistory({ plane, health }: FleetRow): {
  readonly history: HistoryAnswer | null;
  /** Why the newest could not be read, in a sentence; null: it could. */
  readonly problem: string | null;
} {
  const { data, error, failureReason, refetch } = useQuery(historyQuery(plane));
  const moment = `${plane.resourceVersion} ${health.state}`;
  const asked = useRef(moment);
  useEffect(() => {
    if (asked.current === moment) return;
    asked.current = moment;
    void refetch();
  }, [moment, refetch]);
  return { history: data ?? null, problem: (failureReason ?? error)?.message ?? null };
}
