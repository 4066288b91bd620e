'use client';

import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import {
  draftedMaintenance,
  draftProblems,
  newMaintenanceDraft,
} from '@/components/plane/maintenance/maintenance-draft';
import { MaintenanceFields } from '@/components/plane/maintenance/maintenance-fields';
import { MAINTENANCE_END, MAINTENANCE_VALUE } from '@/components/plane/maintenance/use-maintenance';
import { focusFirstInvalid } from '@/components/ui/focus-field';
import { Segmented } from '@/components/ui/segmented';
import { tickNowMs, useTick } from '@/lib/client/feed/tick';
import { maintenanceText } from '@/lib/plane/maintenance/active-maintenance';
import { bulkChange, type PlannedChange } from './bulk-change';

const currentTime = (nowMs: number) => nowMs;

const ACTIONS = [
  { value: 'set', label: 'Set maintenance' },
  { value: 'end', label: 'End maintenance' },
] as const;

/** Sets or ends the maintenance of many planes. */
export function MaintenanceForm({
  onCheck,
  children,
}: {
  readonly onCheck: (planned: PlannedChange) => void;
  /** The form's buttons. */
  readonly children: ReactNode;
}) {
  const nowMs = useTick(currentTime);
  const [action, setAction] = useState<(typeof ACTIONS)[number]['value']>('set');
  const [draft, setDraft] = useState(() => newMaintenanceDraft(null, nowMs));
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const problems = draftProblems(draft, nowMs);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (action === 'end') {
      onCheck({ text: 'end maintenance', start: (client) => bulkChange(MAINTENANCE_END, null, client) });
      return;
    }
    setTried(true);
    // Checks against the current time, because a typed end may have passed since.
    const atMs = tickNowMs();
    if (Object.keys(draftProblems(draft, atMs)).length > 0) {
      requestAnimationFrame(() => form.current && focusFirstInvalid(form.current));
      return;
    }
    const maintenance = draftedMaintenance(draft, atMs);
    onCheck({
      text: `set maintenance ${maintenanceText(maintenance, atMs)}`,
      start: (client) => bulkChange(MAINTENANCE_VALUE, maintenance, client),
    });
  };
  return (
    <form ref={form} noValidate onSubmit={submit}>
      <Segmented label="Action" options={ACTIONS} value={action} onChange={setAction} className="mb-4" />
      {action === 'end' ? (
        <p className="text-pretty text-muted">Planes that aren't in maintenance stay as they are.</p>
      ) : (
        <>
          <p className="mb-4 text-pretty text-muted">
            During maintenance, planes raise no alarms and don't count as healthy. Maintenance ends
            automatically. It replaces one that a plane already has.
          </p>
          <MaintenanceFields
            draft={draft}
            nowMs={nowMs}
            problems={problems}
            tried={tried}
            onChange={setDraft}
          />
        </>
      )}
      {children}
    </form>
  );
}
