import { parseTimeMs } from '@/lib/plane/time/age';
import type { WatchScope } from './watch-scope';

/**
 * The state of one plane kind's watch: `syncing` until the first complete list, `live` while it proves that it delivers
 * changes, `lost` while it doesn't, `forbidden` when the API server denies the list.
 */
export const SOURCE_STATES = ['syncing', 'live', 'lost', 'forbidden'] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

/**
 * The state of the API server as a whole, known before any kind is; `none-installed` when it serves no plane kind.
 */
export const API_SERVER_STATES = [
  'connecting',
  'reachable',
  'unreachable',
  'unauthorized',
  'none-installed',
] as const;
export type ApiServerState = (typeof API_SERVER_STATES)[number];

/** What is known of one plane kind. */
export interface KindState {
  readonly state: SourceState;
  /** Present if only some of its planes are visible. */
  readonly partial?: true | undefined;
}

/** What is known of the planes that one watch covers. */
export interface WatchState extends KindState {
  readonly lastContactAt: string | null;
  readonly problem?: string | undefined;
}

/** What is known of a kind that may be watched in some namespaces only. */
export interface KindWatches extends WatchState {
  readonly plural: string;
  /** Present if only these namespaces are watched. */
  readonly namespaces?: readonly (WatchState & { readonly namespace: string })[] | undefined;
}

const NOT_WATCHED: WatchState = { state: 'forbidden', lastContactAt: null };

/** Returns what is known of the planes where a plane is; undefined if its kind isn't served. */
export function watchOf(
  sources: readonly KindWatches[],
  { plural, namespace }: WatchScope,
): WatchState | undefined {
  const source = sources.find((item) => item.plural === plural);
  if (!source?.namespaces) return source;
  return source.namespaces.find((part) => part.namespace === namespace) ?? NOT_WATCHED;
}

/** Returns every watch of the kinds: one for each, or one for each of its namespaces. */
export function watchesOf(sources: readonly KindWatches[]): (WatchState & WatchScope)[] {
  return sources.flatMap((source): (WatchState & WatchScope)[] => {
    const { plural, namespaces } = source;
    return namespaces ? namespaces.map((part) => ({ ...part, plural })) : [source];
  });
}

export type NoPlanesReason =
  | Exclude<ApiServerState, 'reachable'>
  /** The API server answers but hasn't said yet which kinds are installed. */
  | 'kinds-unknown'
  /** Every kind is hidden from this user. */
  | 'forbidden'
  /** A kind hasn't been listed yet, or can't be at the moment. */
  | 'reading'
  /** No plane is visible, but some kinds or namespaces are hidden. */
  | 'none-visible'
  /** There are no planes: every kind has been listed. */
  | 'none';

/** Returns the first reason why a fleet shows no plane. Only complete lists can prove that there is none. */
export function noPlanesReason(
  apiServer: { readonly state: ApiServerState },
  sources: readonly KindState[],
): NoPlanesReason {
  if (apiServer.state !== 'reachable') return apiServer.state;
  if (sources.length === 0) return 'kinds-unknown';
  const forbidden = sources.filter(({ state }) => state === 'forbidden').length;
  if (forbidden === sources.length) return 'forbidden';
  const live = sources.filter(({ state }) => state === 'live').length;
  if (forbidden + live < sources.length) return 'reading';
  return forbidden > 0 || sources.some(({ partial }) => partial) ? 'none-visible' : 'none';
}

/** The reasons for showing no plane, as titles. */
export const NO_PLANES_TITLES: Readonly<Record<NoPlanesReason, string>> = {
  connecting: 'Connecting to the API server…',
  unreachable: "The API server can't be read",
  unauthorized: "The API server rejected Planeboard's credentials",
  'none-installed': "OpenChoreo isn't installed",
  'kinds-unknown': 'Checking which plane kinds are installed…',
  forbidden: "You can't list planes",
  reading: 'Loading planes…',
  'none-visible': 'No visible planes',
  none: 'No planes yet',
};

/** Returns why no kind at all can be read, as a title; null if one can, or soon. */
export function nothingReadTitle(
  apiServer: { readonly state: ApiServerState },
  sources: readonly KindState[],
): string | null {
  const reason = noPlanesReason(apiServer, sources);
  const isPart = reason === 'none' || reason === 'none-visible' || reason === 'reading';
  return isPart ? null : NO_PLANES_TITLES[reason];
}

/** Returns why a fleet shows no plane, in a sentence. */
export function noPlanesSentence(reason: NoPlanesReason): string {
  const title = NO_PLANES_TITLES[reason];
  return title.endsWith('…') ? title : `${title}.`;
}

/**
 * Returns whether every plane is known. Only then may a page conclude that no plane has some property; otherwise it
 * can say so only of the planes that it has.
 */
export function areAllPlanesKnown(
  apiServer: { readonly state: ApiServerState },
  sources: readonly KindState[],
): boolean {
  const reason = noPlanesReason(apiServer, sources);
  return reason === 'none' || reason === 'none-installed';
}

/** Returns whether it's known which kinds are installed. */
export function areKindsKnown(
  apiServer: { readonly state: ApiServerState },
  sources: readonly unknown[],
): boolean {
  return sources.length > 0 || apiServer.state === 'none-installed';
}

/**
 * Returns whether all planes are known where a plane would be, so an unknown plane doesn't exist. A kind without a source
 * counts as listed only once the installed kinds are known: a server that has just started knows none yet.
 */
export function isKindListed(
  scope: WatchScope,
  {
    apiServer,
    sources,
  }: {
    readonly apiServer: { readonly state: ApiServerState } | null;
    readonly sources: readonly KindWatches[];
  },
): boolean {
  const watch = watchOf(sources, scope);
  if (watch) return watch.state === 'live' && !watch.partial;
  return apiServer !== null && areKindsKnown(apiServer, sources);
}

/** Returns whether a kind has never been listed although it may be, so planes of it may exist that aren't known. */
export function awaitsFirstList({ state }: { readonly state: SourceState }): boolean {
  return state === 'syncing';
}

/** Returns whether a kind's first list is still running, and hasn't failed yet. */
export function isSourceReading(source: {
  readonly state: SourceState;
  readonly problem?: string | undefined;
}): boolean {
  return awaitsFirstList(source) && source.problem === undefined;
}

/** Returns whether a kind can't be read at the moment: contact was lost, or its first list fails. */
export function isSourceFailing(source: {
  readonly state: SourceState;
  readonly problem?: string | undefined;
}): boolean {
  return source.state === 'lost' || (awaitsFirstList(source) && !isSourceReading(source));
}

/** Returns whether kinds are still being listed for the first time, so planes may be missing without any failure. */
export function isListing(
  apiServer: { readonly state: ApiServerState },
  sources: readonly { readonly state: SourceState; readonly problem?: string | undefined }[],
): boolean {
  if (apiServer.state === 'connecting') return true;
  return apiServer.state === 'reachable' && (sources.length === 0 || sources.some(isSourceReading));
}

/** Returns the newest proven contact of the kinds that can be read, in milliseconds since the epoch; null: none. */
export function newestContactMs(
  sources: readonly { readonly state: SourceState; readonly lastContactAt: string | null }[],
): number | null {
  const times = sources
    .filter(({ state }) => state !== 'forbidden')
    .map(({ lastContactAt }) => parseTimeMs(lastContactAt))
    .filter((ms) => ms !== null);
  return times.length === 0 ? null : Math.max(...times);
}
