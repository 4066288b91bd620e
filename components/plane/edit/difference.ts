import { structuredPatch } from 'diff';

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
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: CONTEXT });
  const shown: (DifferenceLine | SkippedLines)[] = [];
  let old = 0;
  let now = 0;
  const skip = (count: number) => {
    if (count > 0) shown.push({ kind: 'skipped', count });
    old += count;
    now += count;
  };
  for (const { oldStart, lines } of hunks) {
    skip(oldStart - 1 - old);
    for (const line of lines) {
      const text = line.slice(1);
      if (line.startsWith('-')) shown.push({ kind: 'removed', before: ++old, after: null, text });
      if (line.startsWith('+')) shown.push({ kind: 'added', before: null, after: ++now, text });
      if (line.startsWith(' ')) shown.push({ kind: 'same', before: ++old, after: ++now, text });
      // What is left is the note that a text has no newline at its end.
    }
  }
  if (hunks.length > 0) skip(lineCount(before) - old);
  return shown;
}

function lineCount(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}
