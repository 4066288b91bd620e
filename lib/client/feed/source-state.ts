import type { ApiServer, Source } from '@/lib/api/fleet';

/**
 * Whether the feed knows all planes of a kind at this moment, so that one that is not told does not exist. A kind
 * without a source counts only once it is known what is installed: a server that was just started knows of no kind yet,
 * and of no plane, and that is no word on either.
 */
export function isKindHeard(
  plural: string,
  { apiServer, sources }: { readonly apiServer: ApiServer | null; readonly sources: readonly Source[] },
): boolean {
  const source = sources.find((item) => item.plural === plural);
  if (source) return source.state === 'live';
  return sources.length > 0 || apiServer?.state === 'none-installed';
}

/**
 * Whether a kind cannot be read at this moment although it was asked for: contact was lost, or the first list fails.
 * A first list that is merely under way is no trouble.
 */
export function isSourceTroubled({ state, problem }: Source): boolean {
  return state === 'lost' || (state === 'syncing' && problem !== undefined);
}
