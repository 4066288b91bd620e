import {
  ATTENTION_LABELS,
  ATTENTION_STATES,
  type AttentionCounts,
  type AttentionState,
} from '@/lib/plane/health/attention';
import { formatCount } from '@/lib/plane/model/text';

/** A fleet in one state and one number, to fit a browser's tab. */
export interface Headline {
  readonly state: AttentionState;
  readonly count: number;
}

/** States that need no action come last, and healthy planes before those that aren't measured. */
const QUIET = ['healthy', 'unmonitored', 'maintenance'] as const satisfies readonly AttentionState[];
const quiet: ReadonlySet<AttentionState> = new Set(QUIET);

/** Returns the worst state in the fleet and its count, or null if there are no planes. */
export function headlineOf(counts: AttentionCounts): Headline | null {
  const loud = ATTENTION_STATES.filter((state) => !quiet.has(state));
  const state = [...loud, ...QUIET].find((one) => counts[one] > 0);
  return state === undefined ? null : { state, count: counts[state] };
}

/** Formats the headline for a title: "3 disconnected". */
export function headlineText({ state, count }: Headline): string {
  const label = state === 'maintenance' ? 'in maintenance' : ATTENTION_LABELS[state].toLowerCase();
  return `${formatCount(count)} ${label}`;
}
