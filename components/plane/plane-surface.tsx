'use client';

import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import type { FleetPlane } from '@/lib/api/fleet';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import { careOf } from '@/lib/plane/model/care-url';
import { editPlaceOf } from '@/lib/plane/model/plane-task';
import { usePlanePage } from './plane-page-context';
import { PlaneScreen } from './plane-screen';

/** Who only looks at a plane loads nothing of what changes it. */
const EditScreen = dynamic(
  () => import('@/components/plane/edit/edit-screen').then((module) => module.EditScreen),
  {
    ssr: false,
    loading: () => <p className="px-4 py-4 text-muted sm:px-6">Loading the editor…</p>,
  },
);

const ReplaceScreen = dynamic(
  () => import('@/components/plane/credentials/replace-screen').then((module) => module.ReplaceScreen),
  { ssr: false, loading: Loading },
);

const DeletionScreen = dynamic(
  () => import('@/components/plane/deletion/deletion-screen').then((module) => module.DeletionScreen),
  {
    ssr: false,
    loading: Loading,
  },
);

function Loading() {
  return <p className="px-4 py-4 text-muted sm:px-6">Loading…</p>;
}

/** A plane's page: the plane itself, or what the address says is to be done with it. */
export function PlaneSurface(props: {
  readonly plane: FleetPlane;
  readonly initialDetail: PlaneDetail | null;
}) {
  const { readOnly } = usePlanePage();
  const params = useSearchParams();
  const care = readOnly ? null : careOf((name) => params.get(name));
  if (care?.task === 'delete') return <DeletionScreen {...props} />;
  if (care?.task === 'replace') return <ReplaceScreen {...props} slot={care.slot} />;
  const place = editPlaceOf(params);
  return place && !readOnly ? <EditScreen {...props} place={place} /> : <PlaneScreen {...props} />;
}
