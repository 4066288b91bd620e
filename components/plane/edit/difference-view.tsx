'use client';

import { clsx } from 'clsx';
import { useMemo } from 'react';
import { type DifferenceLine, differenceOf, type SkippedLines } from './difference';

const TONES: Record<DifferenceLine['kind'], string> = {
  same: '',
  added: 'bg-healthy-soft',
  removed: 'bg-error-soft',
};
const SIGNS: Record<DifferenceLine['kind'], string> = { same: ' ', added: '+', removed: '−' };
const LABELS: Record<DifferenceLine['kind'], string> = { same: '', added: 'added: ', removed: 'removed: ' };

/** A line-by-line difference of two texts. Marks lines with signs and words, not only with colours. */
export function DifferenceView({
  before,
  after,
  label,
}: {
  readonly before: string;
  readonly after: string;
  /** Describes the difference to screen readers. */
  readonly label: string;
}) {
  const lines = useMemo(() => differenceOf(before, after), [before, after]);
  if (lines.length === 0) return <p className="px-4 py-3 text-muted">No differences.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll to the end of long lines.
    <section aria-label={label} tabIndex={0} className="overflow-auto">
      <ol className="w-fit min-w-full py-2 font-mono text-xs leading-5">
        {lines.map((line) =>
          line.kind === 'skipped' ? (
            <Skipped key={`skipped ${keyOf(line, lines)}`} line={line} />
          ) : (
            <Line key={`${line.before} ${line.after}`} line={line} />
          ),
        )}
      </ol>
    </section>
  );
}

function keyOf(line: SkippedLines, lines: readonly (DifferenceLine | SkippedLines)[]): number {
  return lines.indexOf(line);
}

function Line({ line: { kind, before, after, text } }: { readonly line: DifferenceLine }) {
  return (
    <li className={clsx('flex whitespace-pre', TONES[kind])}>
      <span aria-hidden="true" className="tabular w-9 shrink-0 select-none pr-1 text-right text-muted">
        {before}
      </span>
      <span aria-hidden="true" className="tabular w-9 shrink-0 select-none pr-1 text-right text-muted">
        {after}
      </span>
      <span aria-hidden="true" className="w-5 shrink-0 select-none text-center font-semibold">
        {SIGNS[kind]}
      </span>
      <span className="sr-only">{LABELS[kind]}</span>
      <span className={clsx('pr-4', kind !== 'same' && 'font-medium')}>{text}</span>
    </li>
  );
}

function Skipped({ line: { count } }: { readonly line: SkippedLines }) {
  return (
    <li className="my-1 bg-neutral-soft px-4 text-muted">
      {count === 1 ? '1 unchanged line' : `${count} unchanged lines`}
    </li>
  );
}
