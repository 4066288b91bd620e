'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import type { FleetItem } from '@/lib/plane/fleet/fleet-group';
import { allToggled, extended, NOTHING_SELECTED, type Selection, toggled } from './selection';

/** The planes that somebody has chosen from the list, and how more of them are chosen. */
export interface Selecting {
  readonly uids: ReadonlySet<string>;
  /** Turns one over; with `range` all from the last one to it are chosen. */
  readonly select: (uid: string, range: boolean) => void;
  /** Moves on from one plane to the next and chooses both. */
  readonly extend: (from: string, to: string) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
}

/** Keeps what is chosen in the list. Planes that are filtered away stay chosen: the bar tells their number. */
export function useSelection(items: readonly FleetItem<FleetRow>[]): Selecting {
  const [selection, setSelection] = useState<Selection>(NOTHING_SELECTED);
  const latest = useRef(items);
  useEffect(() => {
    latest.current = items;
  });
  const order = useCallback(
    () => latest.current.flatMap((item) => (item.type === 'plane' ? [item.key] : [])),
    [],
  );
  const select = useCallback(
    (uid: string, range: boolean) =>
      setSelection((before) => (range ? extended(before, order(), uid) : toggled(before, uid))),
    [order],
  );
  const extend = useCallback(
    (from: string, to: string) =>
      setSelection((before) => {
        const begun = before.uids.has(from) ? before : toggled(before, from);
        return extended({ ...begun, anchor: begun.anchor ?? from }, order(), to);
      }),
    [order],
  );
  const toggleAll = useCallback(() => setSelection((before) => allToggled(before, order())), [order]);
  const clear = useCallback(() => setSelection(NOTHING_SELECTED), []);
  const { uids } = selection;
  return useMemo(
    () => ({ uids, select, extend, toggleAll, clear }),
    [uids, select, extend, toggleAll, clear],
  );
}
