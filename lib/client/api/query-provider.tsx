'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { getFleetState, subscribeFleet } from '@/lib/client/feed/fleet-feed';
import { createQueryClient } from './query-client';
import { refetchUnanswered } from './server-return';

/**
 * Provides the query cache to pages that fetch more than the feed brings. When Planeboard's server answers again after
 * an outage, it reads again what failed meanwhile.
 */
export function QueryProvider({ children }: { readonly children: ReactNode }) {
  const [client] = useState(createQueryClient);
  useEffect(
    () =>
      subscribeFleet(() => {
        const { lastFrameAtMs } = getFleetState();
        if (lastFrameAtMs !== null) refetchUnanswered(client, lastFrameAtMs);
      }),
    [client],
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
