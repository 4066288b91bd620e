import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { ProblemCode } from '@/lib/api/problem';
import type { PageSession } from '@/lib/api/session';
import { signInPath } from '@/lib/plane/model/next-path';
import { type PlaneIdentity, parsePlaneSegments } from '@/lib/plane/model/plane-path';
import { getFleetSnapshot } from '@/lib/server/feed/get-fleet';
import { PATH_HEADER } from '@/lib/server/http/page-path';
import { asProblemError } from '@/lib/server/http/problem';
import { describeSession } from '@/lib/server/rights/own-session';
import { resolvePageCaller } from '@/lib/server/rights/resolve-caller';

/** The sign-in page says what to do about these. */
const AT_SIGN_IN: ReadonlySet<ProblemCode> = new Set([
  'unauthenticated',
  'renewal-due',
  'sign-in-unavailable',
  'forbidden',
]);

/** Returns the caller the page is rendered for, resolved once per request. Without one, leads to the sign-in. */
export const pageCaller = cache(async () => {
  const received = await headers();
  try {
    return await resolvePageCaller(received);
  } catch (error) {
    if (!AT_SIGN_IN.has(asProblemError(error).code)) throw error;
    return redirect(signInPath(received.get(PATH_HEADER)) as '/');
  }
});

/** Returns the browser's session; null if nobody signs in. */
export const pageSession = cache(async (): Promise<PageSession | null> => {
  const answer = await describeSession(await headers(), await pageCaller());
  return 'csrf' in answer ? answer : null;
});

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
