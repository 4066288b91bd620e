import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import { type PlaneIdentity, parsePlaneSegments } from '@/lib/plane/model/plane-path';
import { getFleetSnapshot } from '@/lib/server/feed/get-fleet';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

/** Returns the caller the page is rendered for, resolved once per request. */
export const pageCaller = cache(async () => resolveCaller(await headers()));

/** Returns the planes that this caller may see, read once per request for layout, page and metadata. */
export const pageSnapshot = cache(async () => getFleetSnapshot(await pageCaller()));

/** Returns the plane that a page's path names, or undefined if the path names none. */
export function identityOfSegments(segments: readonly string[]): PlaneIdentity | undefined {
  try {
    return parsePlaneSegments(segments.map(decodeURIComponent));
  } catch {
    // The path has an invalid percent-encoding.
    return undefined;
  }
}

/** Returns a page's search parameter: its first value if there are several, or null if it's missing. */
export function firstValue(
  parameters: Readonly<Record<string, string | string[] | undefined>>,
  name: string,
): string | null {
  const value = parameters[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
