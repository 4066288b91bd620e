'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Download, LoaderCircle } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/controls';
import { Dialog } from '@/components/ui/dialog';
import { IconLine } from '@/components/ui/notice';
import { tickNowMs } from '@/lib/client/feed/tick';
import { downloadText } from '@/lib/client/text-export';
import type { Plane } from '@/lib/plane/model/plane';
import { capital, formatCount, planeCountText } from '@/lib/plane/model/text';
import { entriesToSave, managedEntries, type PlannedChange } from './bulk-change';
import { LabelsForm } from './labels-form';
import { MaintenanceForm } from './maintenance-form';
import { outcomesCsv, summaryText } from './outcome-summary';
import { OutcomeTable } from './outcome-table';
import { useBulkChange } from './use-bulk-change';

/** What a bulk change is about. */
export type BulkSubject = 'maintenance' | 'labels';

const TITLES: Record<BulkSubject, string> = { maintenance: 'Maintenance', labels: 'Labels' };

/**
 * Changes many planes at once: a form, a dry run of each plane, and the writes with the outcome for each. A run can be
 * stopped and resumed. The planes are those that were selected when it opened.
 */
export function BulkChangeDialog({
  subject,
  planes,
  onClosed,
}: {
  readonly subject: BulkSubject;
  readonly planes: readonly Plane[];
  /** Called once the dialog is closed and the focus is back. */
  readonly onClosed: () => void;
}) {
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(true);
  const onClose = () => setOpen(false);
  const bulk = useBulkChange(planes);
  const { entries, running, isStopping, planned, finished, ended } = bulk.progress;
  const [change, setChange] = useState<PlannedChange | null>(null);
  const [withManaged, setWithManaged] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  // A button that starts a run is disabled or gone meanwhile, and the focus would be lost with it.
  useEffect(() => {
    body.current?.querySelector<HTMLElement>(running === null ? '[data-next]' : '[data-stop]')?.focus();
  }, [running]);
  // Escape and a click beside the dialog stop a run first, so its outcomes are still seen.
  const close = running === null ? onClose : bulk.stop;
  const check = (next: PlannedChange) => {
    setChange(next);
    bulk.begin(next.start(client));
  };
  const formButtons = (
    <div className="mt-5 flex justify-end gap-2">
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" variant="primary">
        Check {planeCountText(planes.length)}
      </Button>
    </div>
  );
  return (
    <Dialog
      open={isOpen}
      onClose={close}
      onClosed={onClosed}
      title={`${TITLES[subject]} of ${planeCountText(planes.length)}`}
      firstFocus={subject === 'labels' ? 'form [data-add]' : 'form input:checked'}
      wide
    >
      {change === null ? (
        subject === 'labels' ? (
          <LabelsForm planes={planes} onCheck={check}>
            {formButtons}
          </LabelsForm>
        ) : (
          <MaintenanceForm onCheck={check}>{formButtons}</MaintenanceForm>
        )
      ) : (
        <div ref={body} className="grid gap-3">
          <p className="text-pretty [overflow-wrap:anywhere]">
            <span className="text-muted">Change:</span> {capital(change.text)}
          </p>
          {running === null ? (
            <p role="status" className="text-pretty font-medium">
              {summaryText(entries, ended)}
            </p>
          ) : (
            <div className="flex flex-wrap items-center gap-2 text-muted">
              <LoaderCircle size={14} aria-hidden="true" className="animate-spin" />
              <p role="status" className="tabular">
                {isStopping ? 'Stopping' : running === 'check' ? 'Checking' : 'Saving'}…{' '}
                {formatCount(finished)} of {formatCount(planned)}
              </p>
              <Button
                data-stop
                variant="outline"
                aria-disabled={isStopping}
                title="Stop (Esc)"
                onClick={bulk.stop}
              >
                Stop
              </Button>
            </div>
          )}
          <OutcomeTable entries={entries} withManaged={withManaged} />
          <Actions
            bulk={bulk}
            withManaged={withManaged}
            onWithManaged={setWithManaged}
            onBack={() => {
              setChange(null);
              bulk.reset();
            }}
            onClose={onClose}
          />
        </div>
      )}
    </Dialog>
  );
}

/** What can be done after a run. */
function Actions({
  bulk,
  withManaged,
  onWithManaged,
  onBack,
  onClose,
}: {
  readonly bulk: ReturnType<typeof useBulkChange>;
  readonly withManaged: boolean;
  readonly onWithManaged: (withManaged: boolean) => void;
  readonly onBack: () => void;
  readonly onClose: () => void;
}) {
  const { entries, running, ended } = bulk.progress;
  const isBusy = running !== null;
  const managed = managedEntries(entries).length;
  const open = entriesToSave(entries, withManaged).length;
  const uncheckedCount = entries.filter(({ state }) => state === 'unchecked' || state === 'rejected').length;
  const isSaved = entries.some(({ state }) => state === 'saved');
  const download = () => {
    const day = new Date(tickNowMs()).toISOString().slice(0, 10);
    downloadText(outcomesCsv(entries, withManaged), `plane-changes-${day}.csv`, 'text/csv');
  };
  return (
    <>
      {managed === 0 ? null : (
        <Checkbox
          checked={withManaged}
          disabled={isBusy}
          onChange={({ target }) => onWithManaged(target.checked)}
        >
          Also change {planeCountText(managed)} that another tool manages
        </Checkbox>
      )}
      {managed > 0 && withManaged ? (
        <IconLine tone="warning">
          The managing tool will revert the change. Make it in the source instead to keep it.
        </IconLine>
      ) : null}
      <div className="mt-1 flex flex-wrap justify-end gap-2">
        <Button className="mr-auto" disabled={isBusy} onClick={download}>
          <Download size={14} aria-hidden="true" /> Download outcomes
        </Button>
        {uncheckedCount === 0 || ended === null ? null : (
          <Button variant="outline" disabled={isBusy} onClick={bulk.checkAgain}>
            Check {formatCount(uncheckedCount)} again
          </Button>
        )}
        {isSaved ? (
          <Button
            data-next={open === 0 ? '' : undefined}
            variant={open === 0 ? 'primary' : 'outline'}
            disabled={isBusy}
            onClick={onClose}
          >
            Close
          </Button>
        ) : (
          <Button
            data-next={open === 0 ? '' : undefined}
            variant="outline"
            disabled={isBusy}
            onClick={onBack}
          >
            Back
          </Button>
        )}
        {open === 0 ? null : (
          <Button data-next variant="primary" disabled={isBusy} onClick={() => bulk.save(withManaged)}>
            {ended === 'save' ? `Save the remaining ${formatCount(open)}` : `Change ${planeCountText(open)}`}
          </Button>
        )}
      </div>
    </>
  );
}
