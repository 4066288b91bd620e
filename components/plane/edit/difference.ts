import { diffLines } from 'diff';

/** A line of a difference. The numbers count from 1; null: the line is not on that side. */
export interface DifferenceLine {
  readonly sort: 'same' | 'added' | 'removed';
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
}

/** Lines that nothing changed in, which are only told by their number. */
export interface SkippedLines {
  readonly sort: 'skipped';
  readonly count: number;
}

/** Lines to show around each change. */
const CONTEXT = 3;

/** What differs between two texts, line by line, with a little of what stands around it. Empty: nothing does. */
export function differenceOf(before: string, after: string): (DifferenceLine | SkippedLines)[] {
  const lines = allLines(before, after);
  const near = lines.map(() => false);
  lines.forEach(({ sort }, index) => {
    if (sort !== 'same') near.fill(true, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  });
  if (!near.includes(true)) return [];
  const shown: (DifferenceLine | SkippedLines)[] = [];
  let skipped = 0;
  lines.forEach((line, index) => {
    if (!near[index]) {
      skipped += 1;
      return;
    }
    if (skipped > 0) shown.push({ sort: 'skipped', count: skipped });
    skipped = 0;
    shown.push(line);
  });
  if (skipped > 0) shown.push({ sort: 'skipped', count: skipped });
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
        if (removed) return { sort: 'removed', before: ++old, after: null, text };
        if (added) return { sort: 'added', before: null, after: ++now, text };
        return { sort: 'same', before: ++old, after: ++now, text };
      }),
  );
}
