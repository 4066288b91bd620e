import 'server-only';
import { requireNoWallCookie } from '@/lib/server/http/wall-cookie';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { Caller } from './caller';

/**
 * The caller of a request. Until people can sign in, that is the kubeconfig's own identity, whoever asks; its headers
 * are taken all the same, so that nothing that calls this has to change.
 */
export async function resolveCaller(headers: Headers): Promise<Caller> {
  requireNoWallCookie(headers);
  return serviceCaller();
}

/** The dashboard itself: what the shared store is read with. */
export async function serviceCaller(): Promise<Caller> {
  const { client, identity } = getRuntime();
  const { user, groups } = await identity.awaitFirst();
  return { id: `kubeconfig:${user ?? ''}`, user, groups, client };
}
