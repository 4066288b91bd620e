import type { ApiServer, Source } from '@/lib/api/fleet';

export type NoPlanesReason =
  | 'unreachable'
  | 'unauthorized'
  | 'none-installed'
  | 'connecting'
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
export function noPlanesBecause(apiServer: ApiServer, sources: readonly Source[]): NoPlanesReason {
  if (apiServer.state !== 'reachable') return apiServer.state;
  if (sources.length === 0) return 'kinds-unknown';
  const forbidden = sources.filter(({ state }) => state === 'forbidden').length;
  if (forbidden === sources.length) return 'forbidden';
  const live = sources.filter(({ state }) => state === 'live').length;
  if (forbidden + live < sources.length) return 'reading';
  return forbidden > 0 ? 'none-visible' : 'none';
}
