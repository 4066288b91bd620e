import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { WallApp } from '@/components/wall/wall-app';
import { parseWallChoices } from '@/lib/plane/wall/wall-choices';
import { buildId } from '@/lib/server/process/build-id';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { type WallAccess, wallAccess } from '@/lib/server/wall/wall-access';

/** Once a request: the page and its title share it. */
const pageAccess = cache(async () => wallAccess(await headers()));

export async function generateMetadata({ searchParams }: PageProps<'/wall'>): Promise<Metadata> {
  const [access, parameters] = await Promise.all([pageAccess(), searchParams]);
  const own = parseWallChoices(new URLSearchParams(searchText(parameters))).title;
  const title = own ?? (access.state === 'granted' ? access.title : null) ?? 'Status wall';
  return { title: `${title} · Planeboard` };
}

/** The status wall. It brings no planes with it: the stream does, and until then nothing is claimed. */
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

/** While the links cannot be read because the API server is away, the age of the data says it. */
function refusalOf(access: Exclude<WallAccess, { state: 'off' }>) {
  if (access.state === 'granted') return null;
  if (access.state === 'unreadable') return access.forbidden ? access.state : null;
  return access.state;
}

/** The query as the wall's own routes get it: every value that the address has. */
function searchText(parameters: Awaited<PageProps<'/wall'>['searchParams']>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) search.append(name, one);
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
