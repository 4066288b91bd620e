'use client';

import { useCallback, useMemo, useSyncExternalStore } from 'react';
import {
  emptySetupMemory,
  readSetupMemory,
  rememberedValue,
  subscribeSetupMemory,
} from '@/components/agent-setup/setup-memory';
import { type LoadedRelatedResources, readAtMs } from '@/components/plane/related/use-related-resources';
import { type FleetRow, isServerSilent } from '@/lib/client/feed/derived-fleet';
import { useFirstPaint } from '@/lib/client/feed/first-paint';
import { serverHeardAtMs } from '@/lib/client/feed/fleet-feed';
import { currentRows, judgeNow, useFleetRows } from '@/lib/client/feed/live-fleet';
import { useFleetMeta } from '@/lib/client/feed/use-fleet-meta';
import { useTick } from '@/lib/client/feed/use-tick';
import { diagnose } from '@/lib/plane/diagnosis/diagnose';
import type { DiagnosisFinding } from '@/lib/plane/diagnosis/diagnosis-finding';
import { fleetAround } from '@/lib/plane/diagnosis/fleet-facts';
import type { KindFeatures } from '@/lib/plane/model/kind-features';
import { kindOfName } from '@/lib/plane/model/kinds';
import { siblingKey } from '@/lib/plane/model/references';

/** What the commands of a plane's findings are remembered under: the plane's cluster. */
export function clusterKeyOf({ kind, planeID }: FleetRow['plane']): string {
  return `${kindOfName(kind)?.planeType ?? kind}/${planeID ?? ''}`;
}

/**
 * The findings about a plane as of this second, worst first; null until the feed has told the fleet, because what the
 * other planes say is part of nearly every finding.
 */
export function useDiagnosis(
  row: FleetRow,
  related: LoadedRelatedResources,
  {
    features,
    controlPlaneNamespace,
  }: { readonly features: KindFeatures; readonly controlPlaneNamespace: string },
): readonly DiagnosisFinding[] | null {
  const { limits, serverTime } = useFirstPaint();
  const renderedAtMs = Date.parse(serverTime);
  const { incidents } = useFleetMeta();
  const rows = useFleetRows(false);
  const memory = useSyncExternalStore(subscribeSetupMemory, readSetupMemory, emptySetupMemory);
  const { plane } = row;
  const { uid } = plane;
  const key = siblingKey(plane);

  const fleet = useMemo(() => rows && fleetAround(plane, rows, incidents), [rows, plane, incidents]);
  const siblings = useMemo(
    () =>
      key === null
        ? []
        : (rows ?? []).filter((other) => other.plane.uid !== uid && siblingKey(other.plane) === key),
    [rows, uid, key],
  );
  const clusterKey = clusterKeyOf(plane);
  const planeContext = rememberedValue(memory, 'planeContext', clusterKey) || null;
  const controlPlaneContext = rememberedValue(memory, 'controlPlaneContext', clusterKey) || null;
  const { value } = related;
  const readMs = readAtMs(related);

  const text = useTick(
    useCallback(
      (nowMs: number) => {
        if (!fleet) return null;
        const judged = (other: FleetRow): FleetRow => {
          const health = judgeNow(other, nowMs);
          return health ? { ...other, health } : other;
        };
        return JSON.stringify(
          diagnose({
            row: judged(row),
            siblings: currentRows(siblings).map(judged),
            fleet,
            limits,
            features: features.known ? features : null,
            related: value && readMs !== null ? { value, readAtMs: readMs } : null,
            serverSilent: isServerSilent(serverHeardAtMs(renderedAtMs), limits, nowMs),
            contexts: { plane: planeContext, controlPlane: controlPlaneContext },
            controlPlaneNamespace,
            nowMs,
          }),
        );
      },
      [
        row,
        siblings,
        fleet,
        limits,
        renderedAtMs,
        features,
        value,
        readMs,
        planeContext,
        controlPlaneContext,
        controlPlaneNamespace,
      ],
    ),
  );
  return useMemo(() => (text === null ? null : (JSON.parse(text) as DiagnosisFinding[])), [text]);
}
