import { structuredPatch } from 'diff';

/** A line of a difference. Line numbers count from 1; null: that side doesn't have the line. */
export interface DifferenceLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
}

/** Unchanged lines that are only counted. */
export interface SkippedLines {
  readonly kind: 'skipped';
  readonly count: number;
}

/** Unchanged lines to show around each change. */
const CONTEXT = 3;

/**
 * The difference between two texts by line, with some unchanged lines around each change; empty if they are equal.
 */
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
      // Any other line is the note about a missing final newline.
    }
  }
  if (hunks.length > 0) skip(lineCount(before) - old);
  return shown;
}

function lineCount(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}
