'use client';

import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { usePlanePage } from '@/components/plane/plane-page-context';
import type { FleetPlane, PlaneDetail } from '@/lib/api/fleet';
import { parsePlaneTask } from '@/lib/plane/model/plane-task';
import { PlaneScreen } from './plane-screen';

/** The screens that change a plane are loaded only when they open. */
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

/** A plane's page: the plane itself, or the task in the address. */
export function PlanePage(props: { readonly plane: FleetPlane; readonly initialDetail: PlaneDetail | null }) {
  const { readOnly } = usePlanePage();
  const params = useSearchParams();
  const task = parsePlaneTask(params);
  if (readOnly) return <PlaneScreen {...props} withoutTask={task !== null} />;
  switch (task?.task) {
    case 'delete':
      return <DeletionScreen {...props} />;
    case 'replace':
      return <ReplaceScreen {...props} slot={task.slot} />;
    case 'move-to-ca':
      return <ReplaceScreen {...props} slot="agent-ca" isMove />;
    case 'edit':
      return <EditScreen {...props} task={task} />;
    default:
      return <PlaneScreen {...props} />;
  }
}
