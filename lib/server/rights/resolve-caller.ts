import 'server-only';
import { originOf } from '@/lib/server/http/request-origin';
import { requireNoWallCookie } from '@/lib/server/http/wall-cookie';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { Caller } from './caller';

/**
 * Returns the caller of a request. Until people can sign in, that is always the kubeconfig's own identity. The
 * headers are passed anyway, so no route has to change then.
 */
export async function resolveCaller(headers: Headers): Promise<Caller> {
  requireNoWallCookie(headers);
  return { ...(await serviceCaller()), origin: originOf(headers) };
}

/** Returns Planeboard's own account, with which the fleet store is read. */
export async function serviceCaller(): Promise<Caller> {
  const { client, identity } = getRuntime();
  const { user, groups } = await identity.awaitFirst();
  return { id: `kubeconfig:${user ?? ''}`, user, groups, client, isOwnAccount: true };
}
