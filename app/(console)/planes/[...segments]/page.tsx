import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { pageCaller } from '@/app/(console)/page-data';
import { type PlanePage as PlanePageFacts, PlanePageProvider } from '@/components/plane/plane-page-context';
import { PlaneSurface } from '@/components/plane/plane-surface';
import { UnknownPlane } from '@/components/plane/unknown-plane';
import { planeTitle } from '@/lib/plane/fleet/fleet-view';
import { kindFeatures } from '@/lib/plane/schema/kind-features';
import { getCatalog } from '@/lib/server/catalog/get-catalog';
import { getConfig } from '@/lib/server/process/config';
import { type ReadPlane, readPlane } from './read-plane';

type Props = PageProps<'/planes/[...segments]'>;

/** Joined again, since `cache` compares its argument by identity. */
async function planeOf({ params }: Props) {
  return readPlane((await params).segments.join('/'));
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const found = await planeOf(props);
  if (found.state === 'read') return { title: planeTitle(found.detail.plane) };
  return { title: found.state === 'remembered' ? planeTitle(found.plane) : 'Plane' };
}

/** What the page goes by beside the plane itself. */
async function pageFacts(plural: string): Promise<PlanePageFacts> {
  const { kinds } = await getCatalog(await pageCaller());
  const { readOnly, controlPlaneNamespace } = getConfig();
  return {
    readOnly,
    features: kindFeatures(kinds.find((kind) => kind.plural === plural)?.schema),
    controlPlaneNamespace,
  };
}

/** One plane. */
export default async function PlanePage(props: Props) {
  const found = await planeOf(props);
  if (found.state === 'none') return notFound();
  return (
    <PlanePageProvider value={await pageFacts(pluralOf(found))}>
      <Found found={found} />
    </PlanePageProvider>
  );
}

type FoundPlane = Exclude<ReadPlane, { state: 'none' }>;

function Found({ found }: { readonly found: FoundPlane }) {
  switch (found.state) {
    case 'unknown':
      return <UnknownPlane identity={found.identity} problem={found.problem} forbidden={found.forbidden} />;
    case 'remembered':
      return <PlaneSurface key={found.plane.uid} plane={found.plane} initialDetail={null} />;
    case 'read':
      return (
        <PlaneSurface key={found.detail.plane.uid} plane={found.detail.plane} initialDetail={found.detail} />
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
