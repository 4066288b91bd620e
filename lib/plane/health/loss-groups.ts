import type { Candidate } from './loss-survey';

/** Fewer planeIDs may be one site, or chance. */
const MIN_PART = 3;

/**
 * Returns how many planeIDs must be lost together for a part of the fleet to be an incident. The square root stays far
 * above the single losses that fall within one window by chance, and far below the share of one gateway replica.
 *
 * @param connected the number of planeIDs that were connected before
 */
export function partThreshold(connected: number): number {
  return Math.max(MIN_PART, Math.ceil(Math.sqrt(connected)));
}

/** Returns the losses within one window that prove most: those of the most planeIDs, the latest if there are several. */
export function densestGroup(sorted: readonly Candidate[], windowMs: number): readonly Candidate[] {
  const counts = new Map<string, number>();
  let [from, best, bestFrom, bestTo] = [0, 0, 0, 0];
  for (const [index, item] of sorted.entries()) {
    count(counts, item, 1);
    for (
      let first = sorted[from];
      first && item.loss.atMs - first.loss.atMs > windowMs;
      first = sorted[from]
    ) {
      count(counts, first, -1);
      from += 1;
    }
    if (counts.size >= best) [best, bestFrom, bestTo] = [counts.size, from, index + 1];
  }
  return sorted.slice(bestFrom, bestTo);
}

function count(counts: Map<string, number>, { cluster, isProof }: Candidate, step: 1 | -1): void {
  if (!isProof) return;
  const next = (counts.get(cluster) ?? 0) + step;
  if (next === 0) counts.delete(cluster);
  else counts.set(cluster, next);
}

/** Returns the latest losses, each at most one window after the one before. */
export function latestChain(sorted: readonly Candidate[], windowMs: number): readonly Candidate[] {
  let from = sorted.length - 1;
  for (; from > 0; from -= 1) {
    const [before, item] = [sorted[from - 1], sorted[from]];
    if (!before || !item || item.loss.atMs - before.loss.atMs > windowMs) break;
  }
  return sorted.slice(Math.max(0, from));
}

/** Returns the number of planeIDs whose loss proves an incident. */
export function provenClusters(group: readonly Candidate[]): number {
  return new Set(group.filter(({ isProof }) => isProof).map(({ cluster }) => cluster)).size;
}

/** Returns the number of planeIDs that are still lost. */
export function lostClusters(group: readonly Candidate[]): number {
  return new Set(group.filter(({ isBack }) => !isBack).map(({ cluster }) => cluster)).size;
}
