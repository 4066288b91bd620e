import 'server-only';
import { requireNoWallCookie } from '@/lib/server/http/wall-cookie';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { Caller } from './caller';

/**
 * The caller of a request. Until people can sign in, that is always the kubeconfig's own identity; the headers are
 * passed all the same, so that no route has to change then.
 */
export async function resolveCaller(headers: Headers): Promise<Caller> {
  requireNoWallCookie(headers);
  return serviceCaller();
}

/** The dashboard's own account, which the fleet store is read with. */
export async function serviceCaller(): Promise<Caller> {
  const { client, identity } = getRuntime();
  const { user, groups } = await identity.awaitFirst();
  return { id: `kubeconfig:${user ?? ''}`, user, groups, client };
}
