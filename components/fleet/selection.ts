'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import type { FleetItem } from '@/lib/plane/fleet/fleet-group';

/** The selected planes of the list by uid, and the plane at which a range starts. */
export interface Selection {
  readonly uids: ReadonlySet<string>;
  readonly anchor: string | null;
}

export const NOTHING_SELECTED: Selection = { uids: new Set(), anchor: null };

/** Returns the selection with one plane toggled; the next range starts at it. */
export function toggled({ uids }: Selection, uid: string): Selection {
  const next = new Set(uids);
  if (!next.delete(uid)) next.add(uid);
  return { uids: next, anchor: uid };
}

/**
 * Adds all planes from the anchor to the given plane, in the list's order. If the list no longer shows the anchor,
 * adds only the given plane, which becomes the anchor.
 *
 * @param order the uids of the planes that the list shows
 */
export function extended({ uids, anchor }: Selection, order: readonly string[], uid: string): Selection {
  const from = anchor === null ? -1 : order.indexOf(anchor);
  const to = order.indexOf(uid);
  if (from === -1 || to === -1) return { uids: new Set([...uids, uid]), anchor: uid };
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { uids: new Set([...uids, ...range]), anchor };
}

/** Adds all planes that the list shows; if all of them are selected already, removes them. */
export function allToggled({ uids }: Selection, order: readonly string[]): Selection {
  if (order.every((uid) => uids.has(uid))) {
    const shown = new Set(order);
    return { uids: new Set([...uids].filter((uid) => !shown.has(uid))), anchor: null };
  }
  return { uids: new Set([...uids, ...order]), anchor: null };
}

/** The selected planes, and what changes the selection. */
export interface SelectionControl {
  readonly uids: ReadonlySet<string>;
  /** Toggles a plane; with `range` selects all planes from the last toggled one to it. */
  readonly select: (uid: string, range: boolean) => void;
  /** Selects two neighbours when the focus moves from one to the other with Shift. */
  readonly extend: (from: string, to: string) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
}

/** The selection in the list. Planes that the filters hide stay selected: the selection bar shows how many. */
export function useSelection(items: readonly FleetItem<FleetRow>[]): SelectionControl {
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
        const start = before.uids.has(from) ? before : toggled(before, from);
        return extended({ ...start, anchor: start.anchor ?? from }, order(), to);
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

interface SelectedRows {
  readonly rows: readonly FleetRow[];
  /** How many of them the list doesn't show. */
  readonly hidden: number;
}

export const NONE_SELECTED: SelectedRows = { rows: [], hidden: 0 };

/** The selected planes that still exist: first in the list's order, then those that the list doesn't show. */
export function selectedRows(
  shown: readonly FleetRow[],
  all: readonly FleetRow[],
  uids: ReadonlySet<string>,
): SelectedRows {
  const isSelected = ({ plane }: FleetRow) => uids.has(plane.uid);
  const inList = shown.filter(isSelected);
  const listed = new Set(inList);
  const hidden = all.filter((row) => isSelected(row) && !listed.has(row));
  return { rows: [...inList, ...hidden], hidden: hidden.length };
}
