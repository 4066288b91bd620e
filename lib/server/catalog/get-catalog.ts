import 'server-only';
import type { Catalog } from '@/lib/api/catalog';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/** The installed plane kinds and their fields. Discovery is open to every authenticated user, so all callers see all. */
export async function getCatalog(_caller: Caller): Promise<Catalog> {
  const { catalog, clock } = getRuntime();
  const { kinds, readAtMs } = catalog.state;
  return {
    serverTime: new Date(clock.nowMs()).toISOString(),
    readAt: readAtMs === null ? null : new Date(readAtMs).toISOString(),
    kinds: (kinds ?? []).map(({ entry: { kind, plural, role, scope, words }, schema }) => ({
      kind,
      plural,
      role,
      scope,
      words,
      ...(schema ? { schema } : {}),
    })),
  };
}
