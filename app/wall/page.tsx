import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { WallApp } from '@/components/wall/wall-app';
import { parseWallChoices } from '@/lib/plane/wall/wall-choices';
import { buildId } from '@/lib/server/process/build-id';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { type WallAccess, wallAccess } from '@/lib/server/wall/wall-access';

/** The page's access, checked once per request; the page and its title share it. */
const pageAccess = cache(async () => wallAccess(await headers()));

export async function generateMetadata({ searchParams }: PageProps<'/wall'>): Promise<Metadata> {
  const [access, parameters] = await Promise.all([pageAccess(), searchParams]);
  const own = parseWallChoices(new URLSearchParams(searchText(parameters))).title;
  const title = own ?? (access.state === 'granted' ? access.title : null) ?? 'Status wall';
  return { title: `${title} · Planeboard` };
}

/** The status wall. It renders no planes: the stream brings them, and until then the wall claims nothing. */
export default async function WallPage({ searchParams }: PageProps<'/wall'>) {
  const [access, parameters] = await Promise.all([pageAccess(), searchParams]);
  if (access.state === 'off') notFound();
  return (
    <WallApp
      search={searchText(parameters)}
      serverTime={new Date(getRuntime().clock.nowMs()).toISOString()}
      build={buildId()}
      title={access.state === 'granted' ? access.title : null}
      refusal={refusalOf(access)}
    />
  );
}

/**
 * Returns why the screen is refused, or null. While the API server is unreachable, the links can't be read; the data
 * age shows that.
 */
function refusalOf(access: Exclude<WallAccess, { state: 'off' }>) {
  if (access.state === 'granted') return null;
  if (access.state === 'unreadable') return access.forbidden ? access.state : null;
  return access.state;
}

/** Returns the query as the wall's own routes get it, with every value of the address. */
function searchText(parameters: Awaited<PageProps<'/wall'>['searchParams']>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const item of Array.isArray(value) ? value : [value])
      if (item !== undefined) search.append(name, item);
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
