'use client';

import { useCallback, useMemo } from 'react';
import { useStoredCommandValues } from '@/components/agent-setup/stored-command-values';
import { clusterKeyOf } from '@/components/plane/command-contexts';
import { useSiblings } from '@/components/plane/related/use-related-planes';
import type { LoadedRelatedResources } from '@/components/plane/related/use-related-resources';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { diagnoseRow } from '@/lib/client/feed/diagnose-row';
import { serverContactAtMs } from '@/lib/client/feed/fleet-feed';
import { useFirstPaint, useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { currentRows, judgeNow, useFleetRows } from '@/lib/client/feed/live-fleet';
import { useTickValue } from '@/lib/client/feed/use-tick-value';
import type { DiagnosisFinding } from '@/lib/plane/diagnosis/diagnosis-finding';
import { fleetFacts } from '@/lib/plane/diagnosis/fleet-facts';
import { watchOf } from '@/lib/plane/fleet/source-state';
import type { ShownEntry } from '@/lib/plane/history/connection-change';
import type { KindFeatures } from '@/lib/plane/model/kind-features';

/**
 * The findings about a plane as of this second, worst first. Null until the feed has delivered the fleet, because
 * nearly every finding depends on other planes.
 */
export function useDiagnosis(
  row: FleetRow,
  related: LoadedRelatedResources,
  changes: readonly ShownEntry[],
  {
    features,
    controlPlaneNamespace,
  }: { readonly features: KindFeatures; readonly controlPlaneNamespace: string },
): readonly DiagnosisFinding[] | null {
  const { limits, serverTime } = useFirstPaint();
  const renderedAtMs = Date.parse(serverTime);
  const { sources, incidents, controlPlane } = useFleetMeta();
  const { gateway = null } = controlPlane;
  const rows = useFleetRows(false);
  const { plane } = row;
  const forbidden = watchOf(sources, plane)?.state === 'forbidden';
  const watchedAlone = sources.some(({ plural, namespaces }) => plural === plane.plural && !!namespaces);

  const fleet = useMemo(() => rows && fleetFacts(plane, rows, incidents), [rows, plane, incidents]);
  const siblings = useSiblings(plane);
  const stored = useStoredCommandValues(clusterKeyOf(plane));
  const planeContext = stored.planeContext || null;
  const controlPlaneContext = stored.controlPlaneContext || null;
  const { value, readAt } = related;

  return useTickValue(
    useCallback(
      (nowMs: number) => {
        if (!fleet) return null;
        const facts = {
          row,
          siblings: currentRows(siblings),
          fleet,
          gateway,
          limits,
          forbidden,
          watchedAlone,
          features,
          related: { value, readAt },
          changes,
          contexts: { plane: planeContext, controlPlane: controlPlaneContext },
          controlPlaneNamespace,
          serverContactAtMs: serverContactAtMs(renderedAtMs),
        };
        return diagnoseRow(facts, judgeNow, nowMs);
      },
      [
        row,
        siblings,
        fleet,
        gateway,
        limits,
        forbidden,
        watchedAlone,
        renderedAtMs,
        features,
        value,
        readAt,
        changes,
        planeContext,
        controlPlaneContext,
        controlPlaneNamespace,
      ],
    ),
  );
}
