import type { Health } from '@/lib/plane/health/health';
import { HEALTH_LABELS } from '@/lib/plane/health/health-state';
import { labelWants } from '@/lib/plane/model/labels';
import { formatCount, joinList, planeCountText } from '@/lib/plane/model/text';
import { limitsSummary } from './limits-summary';
import type { WallLimitLists } from './wall-address';
import type { WallFilter } from './wall-filter';

/**
 * What a wall's filter leaves out although its link may show it. Planes that the link's limits exclude are in no
 * number.
 */
export interface OutsideCounts {
  /** Planes that need action now. */
  readonly alarms: number;
  /** Those of them that only the choice of states leaves out. */
  readonly byState: number;
}

/** Longer lists of namespaces and labels only cost room on a wall. */
const MAX_NAMED = 3;

/**
 * Describes which planes a wall shows: `Only planes in namespace acme that are healthy`. Null if it shows all.
 *
 * @param limits those of its link
 * @param unchecked how many of its planes refer to planes that it can't see; a wall that shows all has its own notice
 */
export function wallScopeText(filter: WallFilter, limits: WallLimitLists, unchecked = 0): string | null {
  const lists = {
    kinds: both(filter.kinds, limits.kinds),
    roles: both(filter.roles, limits.roles),
    namespaces: both(filter.namespaces, limits.namespaces),
  };
  const states = filter.health.map((state) => labelOf(state));
  if (states.length + filter.labels.length + Object.values(lists).flat().length === 0) return null;
  const planes = limitsSummary(lists, MAX_NAMED).replace(/^All planes$/, 'Planes');
  const labels = filter.labels.length === 0 ? '' : ` with ${labelsText(filter.labels)}`;
  const which = states.length === 0 ? '' : ` that are ${joinList(states, 'or')}`;
  const caveat = unchecked === 0 ? '' : ` · References of ${planeCountText(unchecked)} not checked`;
  return `Only ${planes.charAt(0).toLowerCase()}${planes.slice(1)}${labels}${which}${caveat}`;
}

/** Describes wanted labels: `label env=prod or env=dev, and label team`. */
function labelsText(wanted: readonly string[]): string {
  const parts = [...labelWants(wanted)].map(([key, values]) =>
    values === null ? `label ${key}` : `label ${alternatives([...values].map((value) => `${key}=${value}`))}`,
  );
  const more = parts.length - MAX_NAMED;
  return [...parts.slice(0, MAX_NAMED), ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(', and ');
}

function alternatives(labels: readonly string[]): string {
  const more = labels.length - MAX_NAMED;
  return joinList([...labels.slice(0, MAX_NAMED), ...(more > 0 ? [`${formatCount(more)} more`] : [])], 'or');
}

/** Counts the planes whose references lead to planes that the wall's link doesn't let see. */
export function uncheckedReferences(planes: readonly { readonly health: Pick<Health, 'reasons'> }[]): number {
  return planes.filter(({ health }) => health.reasons.some(({ code }) => code === 'reference-not-visible'))
    .length;
}

/** Says how many planes outside the wall need action; null if none does. */
export function outsideText({ alarms }: OutsideCounts): string | null {
  if (alarms === 0) return null;
  return `${formatCount(alarms)} ${alarms === 1 ? 'plane outside this wall needs' : 'planes outside this wall need'} attention`;
}

/** Returns the values that both lists admit, of which an empty one limits nothing. If none does, those of the filter. */
function both(filter: readonly string[], limits: readonly string[]): readonly string[] {
  if (filter.length === 0) return limits;
  const admitted = limits.length === 0 ? filter : filter.filter((value) => limits.includes(value));
  return admitted.length === 0 ? filter : admitted;
}

/** An address may name anything, such as `Healthy`. No plane has such a state, whatever it looks like. */
function labelOf(state: string): string {
  const label = Object.entries(HEALTH_LABELS).find(([known]) => known === state)?.[1];
  return label?.toLowerCase() ?? `"${state}" (unknown state)`;
}
