'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { FleetSnapshot } from '@/lib/api/fleet';
import { seedServerClock } from './fleet-feed';

/** What the server knew of the whole fleet while it rendered the page, without the planes themselves. */
export type FirstPaint = Pick<
  FleetSnapshot,
  'serverTime' | 'installation' | 'limits' | 'apiServer' | 'sources' | 'incidents'
>;

const FirstPaintContext = createContext<FirstPaint | null>(null);

export function FirstPaintProvider({
  value,
  children,
}: {
  readonly value: FirstPaint;
  readonly children: ReactNode;
}) {
  // Before anything below reads the clock; the first call alone counts, so rendering twice is no matter.
  if (typeof window !== 'undefined') seedServerClock(value.serverTime);
  return <FirstPaintContext value={value}>{children}</FirstPaintContext>;
}

/** What the page shows until the feed has spoken, and what hydration has to agree with. */
export function useFirstPaint(): FirstPaint {
  const value = useContext(FirstPaintContext);
  if (!value) throw new Error('useFirstPaint needs a FirstPaintProvider above it.');
  return value;
}
