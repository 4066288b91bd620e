import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PlaneScreen } from '@/components/plane/plane-screen';
import { UnknownPlane } from '@/components/plane/unknown-plane';
import { planeTitle } from '@/lib/plane/fleet-view';
import { readPlane } from './read-plane';

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

/** One plane. */
export default async function PlanePage(props: Props) {
  const found = await planeOf(props);
  switch (found.state) {
    case 'none':
      return notFound();
    case 'unknown':
      return <UnknownPlane identity={found.identity} problem={found.problem} forbidden={found.forbidden} />;
    case 'remembered':
      return <PlaneScreen key={found.plane.uid} plane={found.plane} initialDetail={null} />;
    case 'read':
      return (
        <PlaneScreen key={found.detail.plane.uid} plane={found.detail.plane} initialDetail={found.detail} />
      );
  }
}
