import { HEALTH_LABELS, HEALTH_STATES, type HealthState } from '@/lib/plane/health/health-state';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import { capital, formatCount, joinList, planeCountText } from '@/lib/plane/model/text';
import type { Board, BoardPlane } from './board';

/** The statement of a wall without tiles. Only `healthy` is drawn as good news. */
export interface Statement {
  readonly tone: 'healthy' | 'neutral' | 'unknown';
  readonly title: string;
  readonly details: readonly string[];
}

export interface StatementContext {
  /** Why no kind at all can be read, as a title; null if one can. */
  readonly nothingRead: string | null;
  /** Which kinds can't be seen, in a sentence; null if all can. */
  readonly unseenKinds: string | null;
  /** The states that the wall's URL limits it to; empty for all. */
  readonly states: readonly string[];
  /** The number of planes that this choice of states leaves out although they need action. */
  readonly leftOut: number;
}

/**
 * Returns the statement of a wall without alarms. It says "All … healthy" only if every kind on the wall can be seen
 * and every plane is healthy. It's no good news while the choice of states leaves out planes that need action.
 */
export function statementOf(
  { counts, rest, maintenance, agents }: Board<BoardPlane>,
  { nothingRead, unseenKinds, states, leftOut }: StatementContext,
): Statement {
  const inWork = maintenance.length > 0 ? [`${maintenance.length} in maintenance`] : [];
  if (rest.length === 0 && inWork.length === 0 && nothingRead !== null)
    return { tone: 'unknown', title: nothingRead, details: unseenKinds === null ? [] : [unseenKinds] };
  if (unseenKinds !== null)
    return {
      tone: 'unknown',
      title: 'Some planes may be missing',
      details: [
        unseenKinds,
        ...(counts.healthy > 0 ? [`${planeCountText(counts.healthy)} healthy`] : []),
        ...inWork,
      ],
    };
  if (rest.length === 0) return emptyStatement(inWork.length > 0, maintenance.length, states);
  const { healthy, unmonitored } = counts;
  const tone = leftOut > 0 ? 'neutral' : 'healthy';
  const agentText =
    agents === null ? [] : [`${formatCount(agents)} ${agents === 1 ? 'agent' : 'agents'} connected`];
  if (healthy === 0)
    return { tone: 'neutral', title: `${planeCountText(unmonitored)}, not measured`, details: inWork };
  if (unmonitored > 0)
    return {
      tone,
      title: `${planeCountText(healthy)} healthy`,
      details: [`${formatCount(unmonitored)} not measured`, ...agentText, ...inWork],
    };
  const title =
    inWork.length > 0 || states.length > 0
      ? `${planeCountText(healthy)} healthy`
      : healthy === 1
        ? 'The plane shown is healthy'
        : `All ${planeCountText(healthy)} shown are healthy`;
  return { tone, title, details: [...agentText, ...inWork] };
}

function emptyStatement(anyInWork: boolean, inWork: number, states: readonly string[]): Statement {
  if (anyInWork) return { tone: 'neutral', title: `${planeCountText(inWork)}, in maintenance`, details: [] };
  const named = states.filter((state): state is HealthState =>
    HEALTH_STATES.some((known) => known === state),
  );
  return named.length > 0
    ? {
        tone: 'neutral',
        title: `No plane is ${joinList(
          named.map((state) => HEALTH_LABELS[state].toLowerCase()),
          'or',
        )}`,
        details: [],
      }
    : { tone: 'neutral', title: 'No planes to show', details: [] };
}

/** Describes the kinds that can't be seen in a sentence, or returns null if all can. */
export function unseenKindsText(
  sources: readonly {
    readonly plural: string;
    readonly state: string;
    readonly problem?: string | undefined;
  }[],
): string | null {
  const words = (found: typeof sources) => found.map(({ plural }) => pluralText(plural));
  const isFirst = ({ state }: { readonly state: string }) => state === 'syncing';
  const failing = words(
    sources.filter((source) => source.state === 'lost' || (isFirst(source) && source.problem !== undefined)),
  );
  const forbidden = words(sources.filter(({ state }) => state === 'forbidden'));
  const reading = words(sources.filter((source) => isFirst(source) && source.problem === undefined));
  const parts = [
    ...(failing.length > 0 ? [`no live data for ${joinList(failing)}`] : []),
    ...(forbidden.length > 0 ? [`no permission to list ${joinList(forbidden)}`] : []),
    ...(reading.length > 0 ? [`still loading ${joinList(reading)}`] : []),
  ];
  return parts.length === 0 ? null : capital(parts.join('; '));
}

function pluralText(plural: string): string {
  const words = kindOfPlural(plural)?.label;
  return words === undefined ? plural : `${words.toLowerCase()}s`;
}

/**
 * Describes a board in a sentence: `12 planes: 2 disconnected, 9 healthy and 1 in maintenance.`
 *
 * @param noPlanes why no plane can be shown, in a sentence; null if there simply is none
 */
export function boardSummary(
  { counts, rest, maintenance }: Board<BoardPlane>,
  noPlanes: string | null,
): string {
  const total = rest.length + maintenance.length;
  if (total === 0) return noPlanes ?? 'No planes to show.';
  const parts = HEALTH_STATES.filter((state) => counts[state] > 0).map(
    (state) => `${formatCount(counts[state])} ${HEALTH_LABELS[state].toLowerCase()}`,
  );
  if (maintenance.length > 0) parts.push(`${formatCount(maintenance.length)} in maintenance`);
  return `${planeCountText(total)}: ${joinList(parts)}.`;
}
