import { diffLines } from 'diff';

/** A line of a difference. The numbers count from 1; null: the line is not on that side. */
export interface DifferenceLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
}

/** Unchanged lines that aren't shown, only counted. */
export interface SkippedLines {
  readonly kind: 'skipped';
  readonly count: number;
}

/** Unchanged lines to show around each change. */
const CONTEXT = 3;

/** The difference between two texts, line by line, with a few unchanged lines around it; empty when they are equal. */
export function differenceOf(before: string, after: string): (DifferenceLine | SkippedLines)[] {
  const lines = allLines(before, after);
  const near = lines.map(() => false);
  lines.forEach(({ kind }, index) => {
    if (kind !== 'same') near.fill(true, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  });
  if (!near.includes(true)) return [];
  const shown: (DifferenceLine | SkippedLines)[] = [];
  let skipped = 0;
  lines.forEach((line, index) => {
    if (!near[index]) {
      skipped += 1;
      return;
    }
    if (skipped > 0) shown.push({ kind: 'skipped', count: skipped });
    skipped = 0;
    shown.push(line);
  });
  if (skipped > 0) shown.push({ kind: 'skipped', count: skipped });
  return shown;
}

function allLines(before: string, after: string): DifferenceLine[] {
  let old = 0;
  let now = 0;
  return diffLines(before, after).flatMap(({ value, added, removed }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((text): DifferenceLine => {
        if (removed) return { kind: 'removed', before: ++old, after: null, text };
        if (added) return { kind: 'added', before: null, after: ++now, text };
        return { kind: 'same', before: ++old, after: ++now, text };
      }),
  );
}
