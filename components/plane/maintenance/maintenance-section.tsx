'use client';

import { TriangleAlert } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import { usePlaneActions } from '@/components/plane/plane-actions-context';
import { Notice } from '@/components/ui/notice';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { readMaintenance } from '@/lib/plane/model/maintenance';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { MaintenanceNotice } from './maintenance-notice';
import type { MaintenanceControl } from './use-maintenance';

/** Loaded only when the dialog opens. */
const MaintenanceDialog = dynamic(
  () => import('./maintenance-dialog').then((module) => module.MaintenanceDialog),
  { ssr: false },
);

/** Maintenance on a plane's page: a notice while it's active or invalid, and the dialog that sets it. */
export function MaintenanceSection({
  row,
  maintenance,
  annotations,
}: {
  readonly row: FleetRow;
  readonly maintenance: MaintenanceControl;
  /** The plane's annotations; null: they couldn't be read. */
  readonly annotations: Readonly<Record<string, string>> | null;
}) {
  const { active, isDialogOpen, closeDialog } = maintenance;
  const canSet = usePlaneActions()['set-maintenance'] !== undefined;
  const problem = annotations === null ? undefined : readMaintenance(annotations).problem;
  const [wasActive, setWasActive] = useState(active !== null);
  if (active !== null && !wasActive) setWasActive(true);
  // The dialog stays mounted once opened, so that closing it can restore the focus.
  const [wasOpened, setWasOpened] = useState(false);
  if (isDialogOpen && !wasOpened) setWasOpened(true);
  const place = useRef<HTMLDivElement>(null);
  return (
    <div ref={place} tabIndex={-1} className="px-4 focus-visible:outline-none sm:px-6">
      <p role="status" className="sr-only">
        {active === null
          ? wasActive
            ? 'Maintenance has ended.'
            : ''
          : `In maintenance until ${endText(active.until)}.`}
      </p>
      {active === null ? null : (
        <MaintenanceNotice
          row={row}
          active={active}
          maintenance={maintenance}
          onFocusLost={() => place.current?.focus({ preventScroll: true })}
        />
      )}
      {problem === undefined ? null : (
        <Notice
          tone="warning"
          icon={<TriangleAlert size={15} aria-hidden="true" className="text-degraded" />}
          title="This plane's maintenance can't be read, so it still raises alarms."
          className="mb-4 rounded-lg"
        >
          {problem}
        </Notice>
      )}
      {wasOpened && canSet ? (
        <MaintenanceDialog open={isDialogOpen} plane={row.plane} current={active} onClose={closeDialog} />
      ) : null}
    </div>
  );
}

/** Formats the end in UTC without a countdown, which screen readers would announce again and again. */
function endText(until: string): string {
  const untilMs = parseTimeMs(until);
  return untilMs === null ? until : formatUtc(untilMs);
}
