'use client';

import { clsx } from 'clsx';
import { HEALTH_SOFT, HEALTH_TEXT, HealthShape } from '@/components/health/health-shape';
import {
  ATTENTION_LABELS,
  ATTENTION_STATES,
  type AttentionCounts,
  type AttentionState,
} from '@/lib/plane/health/attention';
import { formatCount } from '@/lib/plane/model/text';

/** The number of planes in each state, worst first. Each count is a toggle that filters by its state. */
export function HealthFilter({
  counts,
  present,
  selected,
  onChange,
}: {
  readonly counts: AttentionCounts;
  /** The states that any plane is in, counted or not. */
  readonly present: readonly AttentionState[];
  readonly selected: readonly AttentionState[];
  readonly onChange: (states: readonly AttentionState[]) => void;
}) {
  const offered = ATTENTION_STATES.filter(
    (state) => counts[state] > 0 || present.includes(state) || selected.includes(state),
  );
  const toggle = (state: AttentionState) => {
    const next = new Set(selected);
    if (!next.delete(state)) next.add(state);
    onChange(ATTENTION_STATES.filter((item) => next.has(item)));
  };
  return (
    <fieldset className="flex min-w-0 flex-wrap gap-1.5 px-4 py-0.5">
      <legend className="sr-only">Filter by health</legend>
      {offered.map((state) => {
        const pressed = selected.includes(state);
        return (
          <button
            key={state}
            type="button"
            aria-pressed={pressed}
            onClick={() => toggle(state)}
            className={clsx(
              'flex h-9 shrink-0 items-center gap-2 rounded-lg border px-3 transition-colors max-sm:gap-1.5 max-sm:px-2',
              pressed
                ? ['border-current', HEALTH_SOFT[state], HEALTH_TEXT[state]]
                : ['border-line bg-surface hover:border-line-strong', selected.length > 0 && 'text-muted'],
            )}
          >
            <HealthShape state={state} size={15} />
            <span className="tabular font-semibold text-base">{formatCount(counts[state])}</span>
            {/* On a phone, the shape and the number of every state fit; the pressed ones are named below. */}
            <span className={clsx('max-sm:sr-only', pressed ? 'font-medium' : 'text-muted')}>
              {ATTENTION_LABELS[state]}
            </span>
          </button>
        );
      })}
    </fieldset>
  );
}
