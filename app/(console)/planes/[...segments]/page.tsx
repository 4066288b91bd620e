import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { identityOfSegments, pageCaller, pageSnapshot } from '@/app/(console)/page-data';
import { PlanePage } from '@/components/plane/page/plane-page';
import { UnknownPlane } from '@/components/plane/page/unknown-plane';
import { PlanePageProvider, type PlanePageSettings } from '@/components/plane/plane-page-context';
import type { FleetPlane, PlaneDetail } from '@/lib/api/fleet';
import { planeTitle } from '@/lib/plane/model/display-name';
import { type PlaneIdentity, planeKey } from '@/lib/plane/model/plane-path';
import { kindFeatures } from '@/lib/plane/schema/installed-kind';
import { getCatalog } from '@/lib/server/catalog/served-kinds';
import { getConfig } from '@/lib/server/config/config';
import { getPlaneDetail } from '@/lib/server/fleet/read-plane';
import { notShownText } from '@/lib/server/fleet/require-shown';

type Props = PageProps<'/planes/[...segments]'>;

/** The result of looking up the plane that a path names. */
type PlaneLookup =
  | { readonly state: 'read'; readonly detail: PlaneDetail }
  /** It can't be read now; `plane` is its last state in the fleet. */
  | { readonly state: 'remembered'; readonly plane: FleetPlane }
  | {
      readonly state: 'unknown';
      readonly identity: PlaneIdentity;
      readonly problem: string;
      readonly forbidden: boolean;
      /** Whether Planeboard doesn't show its namespace. */
      readonly notShown: boolean;
    }
  | { readonly state: 'none' };

/**
 * Finds the plane that the path names, once per request. A plane counts as missing only if the API server says so;
 * while the API server is unreachable, it may still exist. The path is one string because `cache` compares arguments by
 * identity.
 */
const findPlane = cache(async (path: string): Promise<PlaneLookup> => {
  const identity = identityOfSegments(path.split('/'));
  if (!identity) return { state: 'none' };
  try {
    return { state: 'read', detail: await getPlaneDetail(await pageCaller(), identity) };
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined || code === 'internal') throw error;
    if (code === 'not-found') return { state: 'none' };
    const forbidden = code === 'forbidden';
    const key = planeKey(identity);
    const plane = (await pageSnapshot()).planes.find((item) => planeKey(item) === key);
    if (plane && !forbidden) return { state: 'remembered', plane };
    const problem = error instanceof Error ? error.message : '';
    const notShown = notShownText(identity.namespace) !== null;
    return { state: 'unknown', identity, problem, forbidden, notShown };
  }
});

/** Returns the error's code. `instanceof` doesn't work across Next's copies of a module. */
function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

async function planeOf({ params }: Props): Promise<PlaneLookup> {
  return findPlane((await params).segments.join('/'));
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const found = await planeOf(props);
  if (found.state === 'read') return { title: planeTitle(found.detail.plane) };
  return { title: found.state === 'remembered' ? planeTitle(found.plane) : 'Plane' };
}

/** Returns the settings the page needs beside the plane. */
async function pageSettings(plural: string): Promise<PlanePageSettings> {
  const { kinds } = await getCatalog(await pageCaller());
  const { readOnly, controlPlaneNamespace } = getConfig();
  return {
    readOnly,
    features: kindFeatures(kinds.find((kind) => kind.plural === plural)?.schema),
    controlPlaneNamespace,
  };
}

/** The page of one plane. */
export default async function Page(props: Props) {
  const found = await planeOf(props);
  if (found.state === 'none') return notFound();
  const plural = pluralOf(found);
  return (
    <PlanePageProvider plural={plural} rendered={await pageSettings(plural)}>
      <Found found={found} />
    </PlanePageProvider>
  );
}

type FoundPlane = Exclude<PlaneLookup, { state: 'none' }>;

function Found({ found }: { readonly found: FoundPlane }) {
  switch (found.state) {
    case 'unknown':
      return (
        <UnknownPlane
          identity={found.identity}
          problem={found.problem}
          forbidden={found.forbidden}
          notShown={found.notShown}
        />
      );
    case 'remembered':
      return <PlanePage key={found.plane.uid} plane={found.plane} initialDetail={null} />;
    case 'read':
      return (
        <PlanePage key={found.detail.plane.uid} plane={found.detail.plane} initialDetail={found.detail} />
      );
  }
}

function pluralOf(found: FoundPlane): string {
  switch (found.state) {
    case 'unknown':
      return found.identity.plural;
    case 'remembered':
      return found.plane.plural;
    case 'read':
      return found.detail.plane.plural;
  }
}
