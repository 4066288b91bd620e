import { clsx } from 'clsx';
import { ATTENTION_LABELS, type AttentionState } from '@/lib/plane/health/attention';
import { HEALTH_SOFT, HEALTH_TEXT, HealthShape } from './health-shape';

/** A state as shape, word and colour, for one line of text. */
export function HealthWord({ state }: { readonly state: AttentionState }) {
  return (
    <span className={clsx('inline-flex items-center gap-2 font-medium', HEALTH_TEXT[state])}>
      <HealthShape state={state} size={14} />
      {ATTENTION_LABELS[state]}
    </span>
  );
}

/** The same, large and on its pale ground, for a page's head. */
export function HealthBadge({ state }: { readonly state: AttentionState }) {
  return (
    <span
      className={clsx(
        'inline-flex h-8 items-center gap-2 rounded-lg px-3 font-semibold text-sm',
        HEALTH_SOFT[state],
        HEALTH_TEXT[state],
      )}
    >
      <HealthShape state={state} />
      {ATTENTION_LABELS[state]}
    </span>
  );
}
