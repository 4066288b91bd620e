'use client';

import { useCallback, useMemo, useState } from 'react';
import { type ChangeState, useValueChange } from '@/components/plane/edit/use-value-change';
import { useTick } from '@/lib/client/feed/use-tick';
import { activeMaintenance } from '@/lib/plane/health/maintenance';
import type { Maintenance } from '@/lib/plane/model/maintenance';
import type { Plane } from '@/lib/plane/model/plane';
import { MAINTENANCE_END } from './maintenance-value';

/** A plane's maintenance on its page, and what can be done about it. */
export interface MaintenanceControl {
  /** What the plane is in now; it ends by itself. */
  readonly active: Maintenance | null;
  /** Whether the dialog that sets or changes it is open. */
  readonly setting: boolean;
  readonly openDialog: () => void;
  readonly closeDialog: () => void;
  /** How ending it before its time goes. */
  readonly ending: ChangeState;
  readonly endNow: (despiteOwner?: boolean) => void;
}

/** Follows a plane's maintenance, on the API server's clock. */
export function useMaintenance(plane: Plane): MaintenanceControl {
  const [setting, setSetting] = useState(false);
  const isActive = useTick(useCallback((nowMs: number) => activeMaintenance(plane, nowMs) !== null, [plane]));
  const { state, begin, save } = useValueChange(plane, MAINTENANCE_END);
  const isEnding = state.phase === 'saving';
  const endNow = useCallback(
    (despiteOwner = false) => {
      if (isEnding) return;
      // Ends what is seen now: another one that somebody sets meanwhile is told, not ended.
      begin();
      void save(null, despiteOwner);
    },
    [begin, save, isEnding],
  );
  const openDialog = useCallback(() => setSetting(true), []);
  const closeDialog = useCallback(() => setSetting(false), []);
  const active = isActive ? (plane.maintenance ?? null) : null;
  return useMemo(
    () => ({ active, setting, openDialog, closeDialog, ending: state, endNow }),
    [active, setting, openDialog, closeDialog, state, endNow],
  );
}
