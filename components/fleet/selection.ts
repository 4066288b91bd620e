/** Which planes of the list are chosen, by uid, and the one from which a range is drawn. */
export interface Selection {
  readonly uids: ReadonlySet<string>;
  readonly anchor: string | null;
}

export const NOTHING_SELECTED: Selection = { uids: new Set(), anchor: null };

/** With one plane turned over; a range begins at it. */
export function toggled({ uids }: Selection, uid: string): Selection {
  const next = new Set(uids);
  if (!next.delete(uid)) next.add(uid);
  return { uids: next, anchor: uid };
}

/**
 * With all from the anchor to a plane, in the list's order, beside those that were chosen before. Where the anchor is not
 * in the list any more, the plane alone is chosen and becomes it.
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

/** All that the list shows chosen beside the rest; where they all are already, none of them. */
export function allToggled({ uids }: Selection, order: readonly string[]): Selection {
  if (order.every((uid) => uids.has(uid))) {
    const shown = new Set(order);
    return { uids: new Set([...uids].filter((uid) => !shown.has(uid))), anchor: null };
  }
  return { uids: new Set([...uids, ...order]), anchor: null };
}
