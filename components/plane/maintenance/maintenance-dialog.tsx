'use client';

import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { ManagedWrite } from '@/components/plane/managed-write';
import { useValueChange } from '@/components/plane/use-value-change';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { FieldMessages } from '@/components/ui/field';
import { focusFirstInvalid } from '@/components/ui/focus-field';
import { tickNowMs, useTick } from '@/lib/client/feed/tick';
import { maintenanceAnnotations } from '@/lib/plane/maintenance/check-maintenance';
import type { Maintenance } from '@/lib/plane/model/maintenance';
import type { Plane } from '@/lib/plane/model/plane';
import { draftedMaintenance, draftProblems, newMaintenanceDraft } from './maintenance-draft';
import { MaintenanceFields } from './maintenance-fields';
import { MAINTENANCE_VALUE } from './use-maintenance';

/** Sets a plane's maintenance or changes the active one. Keeps what you typed until you save or cancel. */
export function MaintenanceDialog({
  open,
  plane,
  current,
  onClose,
}: {
  readonly open: boolean;
  readonly plane: Plane;
  readonly current: Maintenance | null;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={current === null ? 'Set maintenance' : 'Change maintenance'}
      firstFocus="form input:checked"
    >
      <MaintenanceForm plane={plane} current={current} onEnd={onClose} />
    </Dialog>
  );
}

const currentTime = (nowMs: number) => nowMs;

function MaintenanceForm({
  plane,
  current,
  onEnd,
}: {
  readonly plane: Plane;
  readonly current: Maintenance | null;
  readonly onEnd: () => void;
}) {
  const { state, begin, save } = useValueChange(plane, MAINTENANCE_VALUE);
  const nowMs = useTick(currentTime);
  const [draft, setDraft] = useState(() => newMaintenanceDraft(current, nowMs));
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const messagesId = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the edit replaces the value from when the dialog opened.
  useEffect(begin, []);

  const problems = draftProblems(draft, nowMs);
  const isBusy = state.isSaving;
  const submit = (evenIfManaged: boolean) => {
    if (isBusy) return;
    setTried(true);
    // Checks against the current time, because a typed end may have passed since.
    const atMs = tickNowMs();
    if (Object.keys(draftProblems(draft, atMs)).length > 0) {
      requestAnimationFrame(() => form.current && focusFirstInvalid(form.current));
      return;
    }
    save(draftedMaintenance(draft, atMs), { evenIfManaged, onSaved: onEnd });
  };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit(false);
      }}
    >
      <p className="mb-4 text-pretty text-muted">
        During maintenance, this plane raises no alarms and doesn't count as healthy. The list, walls and
        metrics show it as "in maintenance". Maintenance ends automatically.
      </p>
      <MaintenanceFields
        draft={draft}
        nowMs={nowMs}
        problems={problems}
        tried={tried}
        readOnly={isBusy}
        onChange={setDraft}
      />
      <FieldMessages id={messagesId} error={state.message} warning={undefined} />
      {state.isManaged ? (
        <ManagedWrite
          plane={plane}
          annotations={maintenanceAnnotations(draftedMaintenance(draft, nowMs))}
          verb="Save"
          onWrite={() => submit(true)}
        />
      ) : null}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onEnd} disabled={isBusy}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" disabled={isBusy} aria-describedby={messagesId}>
          {isBusy ? 'Saving…' : current === null ? 'Set maintenance' : 'Save'}
        </Button>
      </div>
    </form>
  );
}
