import { HEALTH_STATES, HEALTH_WORDS, type HealthState } from './health-state';

/** A fleet in one state and one number: what a browser's tab has room for. */
export interface Headline {
  readonly state: HealthState;
  readonly count: number;
}

/** What no agent measures is no news beside planes that are known to be well. */
const QUIET: ReadonlySet<HealthState> = new Set(['unmonitored', 'healthy']);

/**
 * The worst state that some plane is in, and how many are. Healthy stands before "not measured", which says nothing
 * against a plane. Null: there are no planes.
 *
 * @param counts planes by state, without those in maintenance
 */
export function headlineOf(counts: Readonly<Record<HealthState, number>>): Headline | null {
  const worst = HEALTH_STATES.find((state) => counts[state] > 0 && !QUIET.has(state));
  const state = worst ?? (['healthy', 'unmonitored'] as const).find((quiet) => counts[quiet] > 0);
  return state === undefined ? null : { state, count: counts[state] };
}

/** The same in words, for a title: "3 disconnected". */
export function headlineWords({ state, count }: Headline): string {
  return `${count.toLocaleString('en')} ${HEALTH_WORDS[state].toLowerCase()}`;
}
