'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { planeDetailQuery } from './plane-detail-query';

export interface LoadedDetail {
  /** The latest that was read; null while none could be. */
  readonly detail: PlaneDetail | null;
  /** Why the newest could not be read, in a sentence; null: it could. */
  readonly problem: string | null;
}

/**
 * A plane's spec and YAML: as the server rendered them, and read again whenever the feed tells of another
 * resourceVersion, and while that fails. What was read last stays meanwhile.
 *
 * @param resourceVersion the one that the feed told last; null: the plane is gone, and nothing is asked
 */
export function usePlaneDetail(
  identity: PlaneIdentity,
  initial: PlaneDetail | null,
  resourceVersion: string | null,
): LoadedDetail {
  const { data, error, failureReason, refetch } = useQuery({
    ...planeDetailQuery(identity),
    ...(initial === null ? {} : { initialData: initial }),
    enabled: initial !== null,
  });
  const shown = data?.plane.resourceVersion;
  useEffect(() => {
    if (resourceVersion !== null && resourceVersion !== shown) void refetch();
  }, [resourceVersion, shown, refetch]);
  return { detail: data ?? null, problem: (failureReason ?? error)?.message ?? null };
}
