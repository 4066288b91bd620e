'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { problemMessages } from '@/components/fields/fields-context';
import { HealthShape } from '@/components/health/health-shape';
import { draftStore, useWizardState } from '@/components/registration/draft-store';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import { Field } from '@/components/ui/field';
import { useFleetRows } from '@/lib/client/feed/live-fleet';
import { HEALTH_LABELS } from '@/lib/plane/health/health-state';
import { planeTitle } from '@/lib/plane/model/display-name';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planePath } from '@/lib/plane/model/plane-path';
import { siblingsOf } from '@/lib/plane/registration/known-planes';
import { specSchema } from '@/lib/plane/schema/installed-kind';
import { NameInput } from './name-input';

/** The most planes listed; the rest are counted. The list helps to recognize the cluster. */
const MAX_SHOWN = 5;

/** The name under which the cluster's agent connects, proposed from the plane's name until you choose another. */
export function PlaneIdField() {
  const { kind, draft, problemsAt } = useDraftedWizard();
  const { ownPlaneID } = useWizardState();
  const planeID = typeof draft.spec.planeID === 'string' ? draft.spec.planeID : '';
  const isRequired = specSchema(kind).properties?.planeID?.required === true;
  return (
    <div>
      <Field
        name="spec.planeID"
        label="Plane ID"
        help={`The ID that the cluster's agent connects with. ${
          ownPlaneID ? '' : 'Suggested from the name. '
        }Planes of the same role with the same ID are the same cluster.`}
        optional={!isRequired}
        {...problemMessages(problemsAt(['spec', 'planeID']))}
      >
        {(control) => (
          <NameInput
            control={control}
            name={planeID}
            placeholder={isRequired ? '' : draft.name}
            onChange={(text) => draftStore.setPlaneID(text)}
          />
        )}
      </Field>
      <SameCluster />
    </div>
  );
}

/** The planes that already represent the same cluster. */
function SameCluster() {
  const { kind, draft } = useDraftedWizard();
  const rows = useFleetRows(false);
  const siblings = useMemo(() => {
    if (!rows) return [];
    const same = new Set(
      siblingsOf(
        draft,
        kind,
        rows.map((row) => row.plane),
      ).map((plane) => plane.uid),
    );
    return rows.filter((row) => same.has(row.plane.uid));
  }, [rows, draft, kind]);
  return (
    <div role="status">
      {siblings.length === 0 ? null : (
        <div className="mt-2 rounded-lg border border-line bg-surface px-3 py-2.5">
          <p className="font-medium">Same cluster as:</p>
          <ul className="mt-1.5 grid gap-1.5">
            {siblings.slice(0, MAX_SHOWN).map(({ plane, health }) => (
              <li key={plane.uid} className="flex min-w-0 items-center gap-2">
                <HealthShape state={health.state} size={14} />
                <span className="sr-only">{HEALTH_LABELS[health.state]}: </span>
                <Link
                  href={planePath(plane)}
                  prefetch={false}
                  className="truncate text-accent underline-offset-2 hover:underline"
                >
                  {planeTitle(plane)}
                </Link>
                <span className="ml-auto shrink-0 text-muted text-xs">
                  {kindOfName(plane.kind)?.label}
                  {plane.namespace === undefined ? '' : ` in ${plane.namespace}`}
                </span>
              </li>
            ))}
          </ul>
          {siblings.length > MAX_SHOWN ? (
            <p className="mt-1.5 text-muted">and {siblings.length - MAX_SHOWN} more.</p>
          ) : null}
          <p className="mt-2 text-pretty text-muted text-xs">
            {kind.entry.scope === 'Cluster'
              ? 'A cluster-wide plane reports any agent on this planeID, even one that its agent CA would reject.'
              : 'This plane reports only agents that its own agent CA verifies.'}{' '}
            Choose another ID if this is a different cluster.
          </p>
        </div>
      )}
    </div>
  );
}
