'use client';

import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { changeRefusal } from '@/components/plane/change-refusal';
import { AccessCard } from '@/components/plane/credentials/access-card';
import { CaCard } from '@/components/plane/credentials/ca-card';
import { InterruptedNotice } from '@/components/plane/credentials/interrupted-notice';
import { DeletedNotice } from '@/components/plane/deleted-notice';
import { DiagnosisCard } from '@/components/plane/diagnosis/diagnosis-card';
import { useUndo } from '@/components/plane/edit/use-undo';
import { HistoryCard } from '@/components/plane/history/history-card';
import { MaintenanceSection } from '@/components/plane/maintenance/maintenance-section';
import { useMaintenance } from '@/components/plane/maintenance/use-maintenance';
import { PlaneActionsProvider } from '@/components/plane/plane-actions-context';
import { usePlanePage } from '@/components/plane/plane-page-context';
import { EventsCard } from '@/components/plane/related/events-card';
import { FieldManagersCard } from '@/components/plane/related/field-managers-card';
import { ManagedNotice } from '@/components/plane/related/managed-notice';
import { ReferencesCard } from '@/components/plane/related/references-card';
import { SourceNotice } from '@/components/plane/source-notice';
import { useCurrentPlane } from '@/components/plane/use-current-plane';
import { useHistory } from '@/components/plane/use-history';
import { useStatusRefresh } from '@/components/plane/use-status-refresh';
import { IconLine } from '@/components/ui/notice';
import { Tabs } from '@/components/ui/tabs';
import type { FleetPlane, PlaneDetail } from '@/lib/api/fleet';
import type { HistoryEntry } from '@/lib/api/history';
import { AgentCard } from './agent-card';
import { ConditionsCard } from './conditions-card';
import { HiddenAnnotation } from './hidden-annotation';
import { MetadataCard, ResourceCard } from './metadata-cards';
import { PlaneHeader } from './plane-header';
import { SiblingsCard } from './siblings-card';
import { SpecCard } from './spec-card';
import { REFERENCES_ANCHOR, SIBLINGS_ANCHOR, useAvailableActions } from './use-available-actions';
import { YamlCard } from './yaml-card';

const TABS = [
  { id: 'overview', label: 'Overview' },
  { id: 'events', label: 'Events' },
  { id: 'history', label: 'History' },
  { id: 'yaml', label: 'YAML' },
] as const;
type TabId = (typeof TABS)[number]['id'];
const NO_ENTRIES: readonly HistoryEntry[] = [];

/**
 * Shows a plane. The feed keeps its row live; spec, annotations and YAML are read again whenever the feed reports a
 * change. A plane that is deleted meanwhile stays on the page in its last state, dimmed.
 *
 * @param initialDetail null if the server couldn't read the plane and knows only an earlier `plane`
 */
export function PlaneScreen({
  plane,
  initialDetail,
  withoutTask = false,
}: {
  readonly plane: FleetPlane;
  readonly initialDetail: PlaneDetail | null;
  /** Whether the address asks for a task that a read-only installation doesn't offer. */
  readonly withoutTask?: boolean;
}) {
  const { readOnly } = usePlanePage();
  const { row, gone, detail, detailProblem, related } = useCurrentPlane(plane, initialDetail);
  const statusRefresh = useStatusRefresh(row.plane);
  const maintenance = useMaintenance(row.plane);
  const { latest: history } = useHistory(row);
  const changes = history?.entries ?? NO_ENTRIES;
  const undo = useUndo(row.plane, detail, changes);
  const actions = useAvailableActions(row, statusRefresh, related.value, { maintenance, undo }, gone);
  const problem = gone ? null : detailProblem;
  const refusal = changeRefusal(readOnly, related.value?.mayChange);

  return (
    <PlaneActionsProvider value={actions}>
      <div className="relative min-h-0 flex-1 overflow-auto print:overflow-visible">
        {gone ? (
          <DeletedNotice plane={row.plane} className="border-x-0 border-t-0">
            This page shows its last known state.
          </DeletedNotice>
        ) : (
          <SourceNotice plane={plane} />
        )}
        {withoutTask ? (
          <div className="border-line border-b px-4 py-2.5 sm:px-6">
            <IconLine tone="warning">
              This installation is read-only, so the plane is shown instead of the form that the address
              names.
            </IconLine>
          </div>
        ) : null}
        {gone ? null : <ManagedNotice managedBy={related.value?.managedBy ?? null} />}
        {gone ? null : <InterruptedNotice plane={row.plane} annotations={detail?.annotations ?? null} />}
        <div className={gone ? 'opacity-60 grayscale' : undefined}>
          <PlaneHeader
            row={row}
            gone={gone}
            annotations={detail?.annotations ?? null}
            refreshText={statusRefresh.text}
            refusal={refusal}
          />
          {gone ? null : (
            <MaintenanceSection
              row={row}
              maintenance={maintenance}
              annotations={detail?.annotations ?? null}
            />
          )}
          <PlaneTabs
            overview={
              <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
                <div className="grid min-w-0 gap-4">
                  <DiagnosisCard row={row} related={related} changes={changes} />
                  <AgentCard plane={row.plane} />
                  {row.plane.connection === 'direct' ? (
                    <AccessCard plane={row.plane} />
                  ) : (
                    <CaCard plane={row.plane} related={related} />
                  )}
                  <ConditionsCard conditions={row.plane.unreadable ? null : row.plane.conditions} />
                  <SpecCard plane={row.plane} detail={detail} problem={problem} />
                </div>
                <div className="grid min-w-0 gap-4">
                  <ResourceCard plane={row.plane} finalizers={detail?.finalizers ?? null} />
                  <div id={REFERENCES_ANCHOR} className="scroll-mt-4">
                    <ReferencesCard plane={row.plane} related={related} />
                  </div>
                  <div id={SIBLINGS_ANCHOR} className="scroll-mt-4 empty:hidden">
                    <SiblingsCard plane={row.plane} />
                  </div>
                  <FieldManagersCard related={related} />
                  <MetadataCard title="Labels" entries={row.plane.labels} />
                  <MetadataCard title="Annotations" entries={detail?.annotations ?? null}>
                    {detail?.hiddenAnnotations.map((annotation) => (
                      <HiddenAnnotation key={annotation.name} plane={detail.plane} annotation={annotation} />
                    ))}
                  </MetadataCard>
                </div>
              </div>
            }
            events={<EventsCard plane={plane} gone={gone} />}
            history={<HistoryCard row={row} />}
            yaml={<YamlCard plane={row.plane} detail={detail} problem={problem} />}
          />
        </div>
      </div>
    </PlaneActionsProvider>
  );
}

/** The plane's tabs. The URL names the open one, so a link can lead to it. */
function PlaneTabs(panels: Readonly<Record<TabId, ReactNode>>) {
  const params = useSearchParams();
  const open: TabId = TABS.find(({ id }) => id === params.get('tab'))?.id ?? 'overview';
  const show = (id: TabId) => {
    const search = new URLSearchParams(params);
    if (id === 'overview') search.delete('tab');
    else search.set('tab', id);
    const query = search.size > 0 ? `?${search}` : '';
    window.history.replaceState(null, '', `${window.location.pathname}${query}`);
  };
  return (
    <Tabs
      label="Plane details"
      tabs={TABS.map((tab) => ({ ...tab, panel: panels[tab.id] }))}
      open={open}
      onOpen={show}
    />
  );
}
