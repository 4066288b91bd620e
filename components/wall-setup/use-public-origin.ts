'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/**
 * What links to this server begin with: as PLANEBOARD_URL says, else as this browser has come here; null on the server
 * and while hydrating, where the browser's is not known.
 */
export function usePublicOrigin(configured: string | null): string | null {
  const own = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => null,
  );
  return configured ?? own;
}
