import { clsx } from 'clsx';
import { HEALTH_WORDS, type HealthState } from '@/lib/plane/health-state';
import { HEALTH_SOFT, HEALTH_TEXT, HealthShape } from './health-shape';

/** A state as shape, word and colour, for one line of text. */
export function HealthWord({ state }: { readonly state: HealthState }) {
  return (
    <span className={clsx('inline-flex items-center gap-2 font-medium', HEALTH_TEXT[state])}>
      <HealthShape state={state} size={14} />
      {HEALTH_WORDS[state]}
    </span>
  );
}

/** The same, large and on its pale ground, for a page's head. */
export function HealthBadge({ state }: { readonly state: HealthState }) {
  return (
    <span
      className={clsx(
        'inline-flex h-8 items-center gap-2 rounded-lg px-3 font-semibold text-sm',
        HEALTH_SOFT[state],
        HEALTH_TEXT[state],
      )}
    >
      <HealthShape state={state} />
      {HEALTH_WORDS[state]}
    </span>
  );
}
