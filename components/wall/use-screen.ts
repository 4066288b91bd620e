'use client';

import { useMemo, useSyncExternalStore } from 'react';
import type { Screen } from '@/lib/plane/wall/tile-size';

function subscribe(listener: () => void): () => void {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
}

/** The size of the window in pixels; null on the server and while hydrating. */
export function useScreen(): Screen | null {
  const text = useSyncExternalStore(
    subscribe,
    () => `${window.innerWidth}x${window.innerHeight}`,
    () => '',
  );
  return useMemo(() => {
    const [width, height] = text.split('x').map(Number);
    return width && height ? { width, height } : null;
  }, [text]);
}
