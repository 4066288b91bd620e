import 'server-only';
import { requireNoWallCookie } from '@/lib/server/http/wall-cookie';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/** On whose behalf something is read or written. Made by `resolveCaller` only. */
export interface Caller {
  /** Tells two callers apart; keys every cache of what a caller may see. */
  readonly id: string;
  /** As the API server knows the caller; null while it has not said. */
  readonly user: string | null;
  readonly groups: readonly string[];
  readonly client: KubeClient;
}

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
  const { user, groups } = await identity.named();
  return { id: `kubeconfig:${user ?? ''}`, user, groups, client };
}
