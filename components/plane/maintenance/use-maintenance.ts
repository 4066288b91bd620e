'use client';

import { useCallback, useMemo, useState } from 'react';
import type { InlineValue } from '@/components/plane/save-value';
import { useValueChange, type ValueChangeState } from '@/components/plane/use-value-change';
import { tickNowMs, useTick } from '@/lib/client/feed/tick';
import { activeMaintenance, maintenanceText } from '@/lib/plane/maintenance/active-maintenance';
import type { Maintenance } from '@/lib/plane/model/maintenance';
import type { Plane } from '@/lib/plane/model/plane';

const textOf = (maintenance: Maintenance | undefined) =>
  maintenance === undefined ? '' : JSON.stringify([maintenance.until, maintenance.reason ?? '']);

const value = {
  textOf: ({ maintenance }: Plane) => textOf(maintenance),
  theirs: ({ maintenance }: Plane) =>
    maintenance === undefined
      ? 'ended the maintenance'
      : `set maintenance ${maintenanceText(maintenance, tickNowMs())}`,
};

/** Sets or changes a plane's maintenance. */
export const MAINTENANCE_VALUE: InlineValue<Maintenance> = {
  ...value,
  changes: (maintenance) => ({ maintenance }),
  textAfter: textOf,
  howToOverride: 'Save again to overwrite it.',
};

/** Ends a maintenance early. */
export const MAINTENANCE_END: InlineValue<null> = {
  ...value,
  changes: () => ({ maintenance: null }),
  textAfter: () => '',
  howToOverride: "The maintenance wasn't ended.",
};

/** A plane's maintenance on its page, and the ways to change it. */
export interface MaintenanceControl {
  /** The plane's active maintenance, until its end. */
  readonly active: Maintenance | null;
  /** Whether the dialog that sets or changes it is open. */
  readonly isDialogOpen: boolean;
  readonly openDialog: () => void;
  readonly closeDialog: () => void;
  /** The progress of ending the maintenance early. */
  readonly ending: ValueChangeState;
  readonly endNow: (evenIfManaged?: boolean) => void;
}

/** Follows a plane's maintenance by the API server's clock. */
export function useMaintenance(plane: Plane): MaintenanceControl {
  const [isDialogOpen, setDialogOpen] = useState(false);
  const isActive = useTick(useCallback((nowMs: number) => activeMaintenance(plane, nowMs) !== null, [plane]));
  const { state, begin, save } = useValueChange(plane, MAINTENANCE_END);
  const isEnding = state.isSaving;
  const endNow = useCallback(
    (evenIfManaged = false) => {
      if (isEnding) return;
      // Ends only the maintenance that the page shows. One that someone else sets meanwhile is reported instead.
      begin();
      save(null, { evenIfManaged });
    },
    [begin, save, isEnding],
  );
  const openDialog = useCallback(() => setDialogOpen(true), []);
  const closeDialog = useCallback(() => setDialogOpen(false), []);
  const active = isActive ? (plane.maintenance ?? null) : null;
  return useMemo(
    () => ({ active, isDialogOpen, openDialog, closeDialog, ending: state, endNow }),
    [active, isDialogOpen, openDialog, closeDialog, state, endNow],
  );
}
