import 'server-only';
import { headers } from 'next/headers';
import { cache } from 'react';
import { type PlaneIdentity, parsePlaneSegments } from '@/lib/plane/model/plane-path';
import { getFleetSnapshot } from '@/lib/server/feed/get-fleet';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

/** The caller that the page is rendered for; resolved once per request. */
export const pageCaller = cache(async () => resolveCaller(await headers()));

/** The fleet as that caller may see it; layout, page and metadata of one request share it. */
export const pageSnapshot = cache(async () => getFleetSnapshot(await pageCaller()));

/** The plane that a page's path names; undefined when it names none. */
export function identityOfSegments(segments: readonly string[]): PlaneIdentity | undefined {
  try {
    return parsePlaneSegments(segments.map(decodeURIComponent));
  } catch {
    // A percent sign that encodes nothing.
    return undefined;
  }
}

/** A search parameter of a page; the first value where there are several, null where there is none. */
export function firstValue(
  parameters: Readonly<Record<string, string | string[] | undefined>>,
  name: string,
): string | null {
  const value = parameters[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
