/**
 * What the server hears of one plane kind: `syncing` until the first complete list, `live`, `lost` while no contact can
 * be proven, `forbidden` when the API server refuses the list.
 */
export const SOURCE_STATES = ['syncing', 'live', 'lost', 'forbidden'] as const;
export type SourceState = (typeof SOURCE_STATES)[number];

/** The API server as a whole, known before any kind is: `none-installed` when it serves no plane kind. */
export const API_SERVER_STATES = [
  'connecting',
  'reachable',
  'unreachable',
  'unauthorized',
  'none-installed',
] as const;
export type ApiServerState = (typeof API_SERVER_STATES)[number];

export type NoPlanesReason =
  | Exclude<ApiServerState, 'reachable'>
  /** The API server answers, and what is installed it has not said yet. */
  | 'kinds-unknown'
  /** Every kind is hidden from this user. */
  | 'forbidden'
  /** A kind has not been listed yet, or cannot be at this moment. */
  | 'reading'
  /** The kinds that can be seen have none; others are hidden. */
  | 'none-visible'
  /** There is none: every kind has been listed. */
  | 'none';

/** Why a fleet shows no plane, by the first thing that explains it. That there is none, only complete lists can say. */
export function noPlanesReason(
  apiServer: { readonly state: ApiServerState },
  sources: readonly { readonly state: SourceState }[],
): NoPlanesReason {
  if (apiServer.state !== 'reachable') return apiServer.state;
  if (sources.length === 0) return 'kinds-unknown';
  const forbidden = sources.filter(({ state }) => state === 'forbidden').length;
  if (forbidden === sources.length) return 'forbidden';
  const live = sources.filter(({ state }) => state === 'live').length;
  if (forbidden + live < sources.length) return 'reading';
  return forbidden > 0 ? 'none-visible' : 'none';
}

/**
 * Whether all planes of a kind are known, so that a plane that isn't known doesn't exist. A kind without a source counts as
 * listed only once it is known which kinds are installed: a server that has just started knows of no kind yet.
 */
export function isKindListed(
  plural: string,
  {
    apiServer,
    sources,
  }: {
    readonly apiServer: { readonly state: ApiServerState } | null;
    readonly sources: readonly { readonly plural: string; readonly state: SourceState }[];
  },
): boolean {
  const source = sources.find((item) => item.plural === plural);
  if (source) return source.state === 'live';
  return sources.length > 0 || apiServer?.state === 'none-installed';
}

/**
 * Whether a kind can't be read at the moment: contact was lost, or its first list fails. A first list that is merely
 * under way is no failure.
 */
export function isSourceFailing({
  state,
  problem,
}: {
  readonly state: SourceState;
  readonly problem?: string | undefined;
}): boolean {
  return state === 'lost' || (state === 'syncing' && problem !== undefined);
}
