'use client';

import { queryOptions } from '@tanstack/react-query';
import { rereadMs } from '@/components/plane/related/use-related-resources';
import { type HistoryAnswer, historyAnswerSchema } from '@/lib/api/history';
import { getJson } from '@/lib/client/api/api-request';
import { type LatestAnswer, useLatestAnswer } from '@/lib/client/api/use-latest-answer';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { planeApiPath, planeKey } from '@/lib/plane/model/plane-path';

/** Reads the plane's history, and reads it again whenever the feed reports a change. */
function historyQuery({ plane, health }: FleetRow) {
  return queryOptions({
    queryKey: ['history', planeKey(plane), plane.uid, `${plane.resourceVersion} ${health.state}`],
    queryFn: async ({ signal }) =>
      historyAnswerSchema.parse(await getJson(`${planeApiPath(plane)}/history`, signal)),
    refetchInterval: rereadMs(),
  });
}

/** Follows the changes of the plane that this server has seen since it started; a restart loses them. */
export function useHistory(row: FleetRow): LatestAnswer<HistoryAnswer> {
  return useLatestAnswer(historyQuery(row));
}
