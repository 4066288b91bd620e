import {
  ATTENTION_LABELS,
  ATTENTION_STATES,
  type AttentionCounts,
  type AttentionState,
} from '@/lib/plane/health/attention';
import { formatCount } from '@/lib/plane/model/text';

/** A fleet in one state and one number: what a browser's tab has room for. */
export interface Headline {
  readonly state: AttentionState;
  readonly count: number;
}

/** What wants nobody is told only when nothing does, and what is known to be well before what is not measured. */
const QUIET = ['healthy', 'unmonitored', 'maintenance'] as const satisfies readonly AttentionState[];
const quiet: ReadonlySet<AttentionState> = new Set(QUIET);

/** The worst state that some plane is in, and how many are. Null: there are no planes. */
export function headlineOf(counts: AttentionCounts): Headline | null {
  const loud = ATTENTION_STATES.filter((state) => !quiet.has(state));
  const state = [...loud, ...QUIET].find((one) => counts[one] > 0);
  return state === undefined ? null : { state, count: counts[state] };
}

/** The same in words, for a title: "3 disconnected". */
export function headlineText({ state, count }: Headline): string {
  const label = state === 'maintenance' ? 'in maintenance' : ATTENTION_LABELS[state].toLowerCase();
  return `${formatCount(count)} ${label}`;
}
