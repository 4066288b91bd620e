'use client';

import { useCallback, useLayoutEffect, useRef } from 'react';
import { HealthLabel, HealthShape } from '@/components/health/health-shape';
import { ManagedWrite } from '@/components/plane/managed-write';
import { usePlaneActions } from '@/components/plane/plane-actions-context';
import { Button } from '@/components/ui/button';
import { FieldMessages } from '@/components/ui/field';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { useTick } from '@/lib/client/feed/tick';
import { untilText } from '@/lib/plane/maintenance/active-maintenance';
import { maintenanceAnnotations } from '@/lib/plane/maintenance/check-maintenance';
import type { Maintenance } from '@/lib/plane/model/maintenance';
import { formatTickingAge, formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import type { MaintenanceControl } from './use-maintenance';

const MESSAGES_ID = 'maintenance-messages';

/** Shows a plane's maintenance with its end and reason, the plane's health, and buttons to change or end it. */
export function MaintenanceNotice({
  row: { plane, health },
  active,
  maintenance: { ending, endNow },
  onFocusLost,
}: {
  readonly row: FleetRow;
  readonly active: Maintenance;
  readonly maintenance: MaintenanceControl;
  /** Called when the notice disappears while it has the focus, because the maintenance has ended. */
  readonly onFocusLost: () => void;
}) {
  const section = useRef<HTMLElement>(null);
  const focusLost = useRef(onFocusLost);
  useLayoutEffect(() => {
    const element = section.current;
    return () => {
      if (element?.contains(document.activeElement)) focusLost.current();
    };
  }, []);
  return (
    <section
      ref={section}
      aria-label="Maintenance"
      className="mb-4 flex flex-wrap items-start gap-x-4 gap-y-2 rounded-lg border border-maintenance/35 bg-maintenance-soft px-4 py-2.5"
    >
      <div className="flex min-w-0 flex-1 items-start gap-2.5 max-sm:basis-full">
        <span className="mt-0.5">
          <HealthShape state="maintenance" size={15} />
        </span>
        <div className="min-w-0">
          <p className="text-pretty [overflow-wrap:anywhere]">
            <strong className="font-semibold text-maintenance">
              In maintenance <End until={active.until} />
            </strong>
            {active.reason === undefined ? null : `: ${active.reason}`}
          </p>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-1.5 text-muted">
            Until then, this plane raises no alarms and doesn't count as healthy. Current state:
            <HealthLabel state={health.state} />
          </p>
          <FieldMessages id={MESSAGES_ID} error={ending.message} warning={undefined} />
          {ending.isManaged ? (
            <ManagedWrite
              plane={plane}
              annotations={maintenanceAnnotations(null)}
              verb="End"
              onWrite={() => endNow(true)}
            />
          ) : null}
        </div>
      </div>
      <Buttons isEnding={ending.isSaving} />
    </section>
  );
}

function End({ until }: { readonly until: string }) {
  const untilMs = parseTimeMs(until) ?? 0;
  const text = useTick(
    useCallback(
      (nowMs: number) => `${untilText(until, nowMs)} (in ${formatTickingAge(untilMs - nowMs)})`,
      [until, untilMs],
    ),
  );
  return (
    <time dateTime={until} data-tip={formatUtc(untilMs)} className="tabular">
      {text}
    </time>
  );
}

/**
 * The buttons to change or end the maintenance. Hidden if Planeboard is read-only; disabled, with the missing
 * permission, if the caller may not change the plane.
 */
function Buttons({ isEnding }: { readonly isEnding: boolean }) {
  const actions = usePlaneActions();
  const [set, end] = [actions['set-maintenance'], actions['end-maintenance']];
  if (!set || !end || 'href' in set || 'href' in end) return null;
  const isRefused = set.refused !== undefined;
  return (
    <div className="flex flex-wrap items-center gap-2 sm:max-w-80 sm:justify-end">
      <Button variant="outline" disabled={isRefused || set.busy} onClick={set.run}>
        Change maintenance…
      </Button>
      {/* Stays enabled while the maintenance ends, since a disabled button loses the focus. */}
      <Button variant="outline" disabled={isRefused} aria-disabled={isEnding || undefined} onClick={end.run}>
        {isEnding ? 'Ending…' : 'End maintenance now'}
      </Button>
      {isRefused ? <p className="basis-full text-pretty text-muted text-xs">{set.refused}</p> : null}
    </div>
  );
}
