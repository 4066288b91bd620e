'use client';

import { CaCard } from '@/components/plane/credentials/ca-card';
import { DiagnosisCard } from '@/components/plane/diagnosis/diagnosis-card';
import { HistoryCard } from '@/components/plane/history/history-card';
import { MaintenanceSection } from '@/components/plane/maintenance/maintenance-section';
import { useMaintenance } from '@/components/plane/maintenance/use-maintenance';
import { EventsCard } from '@/components/plane/related/events-card';
import { FieldManagersCard } from '@/components/plane/related/field-managers-card';
import { ManagedNotice } from '@/components/plane/related/managed-notice';
import { ReferencesCard } from '@/components/plane/related/references-card';
import { useRelatedResources } from '@/components/plane/related/use-related-resources';
import type { FleetPlane } from '@/lib/api/fleet';
import type { PlaneDetail } from '@/lib/api/plane-detail';
import { usePlaneDetail } from '@/lib/client/api/use-plane-detail';
import { useFleetRow, usePlaneGone } from '@/lib/client/feed/live-fleet';
import { useLastRow } from '@/lib/client/feed/use-aged-fleet';
import { useFleetMeta } from '@/lib/client/feed/use-fleet-meta';
import { AgentCard } from './agent-card';
import { ConditionsCard } from './conditions-card';
import { GoneNotice } from './gone-notice';
import { IdentityCard } from './identity-card';
import { MetadataCard } from './metadata-card';
import { REFERENCES_ID, SIBLINGS_ID, usePageActions } from './page-actions';
import { PlaneActionsProvider } from './plane-actions-context';
import { PlaneHeader } from './plane-header';
import { PlaneTabs } from './plane-tabs';
import { SiblingsCard } from './siblings-card';
import { SourceNotice } from './source-notice';
import { SpecCard } from './spec-card';
import { useStatusRefresh } from './use-refresh-status';
import { YamlCard } from './yaml-card';

/**
 * One plane. What the feed brings moves by itself; spec, annotations and YAML are read again when it says that the
 * plane changed. A plane that is deleted meanwhile keeps its last state in sight, dimmed.
 *
 * @param initialDetail null when the server could not read the plane itself, and only remembers `plane` from before
 */
export function PlaneScreen({
  plane,
  initialDetail,
}: {
  readonly plane: FleetPlane;
  readonly initialDetail: PlaneDetail | null;
}) {
  const live = useFleetRow(plane.uid);
  const gone = usePlaneGone(plane.uid, plane.plural);
  const row = useLastRow(plane, live, gone);
  const { apiServer } = useFleetMeta();
  // While the API server does not answer there is nothing to ask; once it does again, this asks at once.
  const askable = live !== undefined && !gone && apiServer.state === 'reachable';
  const { detail, problem } = usePlaneDetail(
    plane,
    initialDetail,
    askable ? live.plane.resourceVersion : null,
  );
  // A plane of the same name that was created again is another one, and has to be told as such.
  const ownDetail = detail?.plane.uid === plane.uid ? detail : initialDetail;

  const related = useRelatedResources(plane, askable ? live.plane.resourceVersion : null);
  const again = useStatusRefresh(row.plane);
  const maintenance = useMaintenance(row.plane);
  const actions = usePageActions(row, again, related.value, maintenance, gone);

  return (
    <PlaneActionsProvider value={actions}>
      <div className="min-h-0 flex-1 overflow-auto">
        {gone ? (
          <GoneNotice plane={row.plane} className="border-x-0 border-t-0">
            Below is the last that was known of it.
          </GoneNotice>
        ) : (
          <SourceNotice plural={plane.plural} />
        )}
        {gone ? null : <ManagedNotice owner={related.value?.owner ?? null} />}
        <div className={gone ? 'opacity-60 grayscale' : undefined}>
          <PlaneHeader row={row} gone={gone} asked={again.words} />
          {gone ? null : (
            <MaintenanceSection
              row={row}
              maintenance={maintenance}
              annotations={ownDetail?.annotations ?? null}
            />
          )}
          <PlaneTabs
            overview={
              <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
                <div className="grid min-w-0 gap-4">
                  <DiagnosisCard row={row} related={related} />
                  <AgentCard plane={row.plane} />
                  <CaCard plane={row.plane} related={related} />
                  <ConditionsCard conditions={row.plane.unreadable ? null : row.plane.conditions} />
                  <SpecCard plane={row.plane} detail={ownDetail} problem={gone ? null : problem} />
                </div>
                <div className="grid min-w-0 gap-4">
                  <IdentityCard plane={row.plane} finalizers={ownDetail?.finalizers ?? null} />
                  <div id={REFERENCES_ID} className="scroll-mt-4">
                    <ReferencesCard plane={row.plane} related={related} />
                  </div>
                  <div id={SIBLINGS_ID} className="scroll-mt-4 empty:hidden">
                    <SiblingsCard plane={row.plane} />
                  </div>
                  <FieldManagersCard related={related} />
                  <MetadataCard title="Labels" entries={row.plane.labels} />
                  <MetadataCard title="Annotations" entries={ownDetail?.annotations ?? null} />
                </div>
              </div>
            }
            events={<EventsCard plane={plane} gone={gone} />}
            history={<HistoryCard row={row} />}
            yaml={<YamlCard plane={row.plane} detail={ownDetail} problem={gone ? null : problem} />}
          />
        </div>
      </div>
    </PlaneActionsProvider>
  );
}
