import 'server-only';
import type { KubeClient } from '@/lib/server/kube/kube-client';

/** On whose behalf something is read or written. Made by `resolveCaller` only. */
export interface Caller {
  /** Tells two callers apart; keys every cache of what a caller may see. */
  readonly id: string;
  /** As the API server knows the caller; null while it has not said. */
  readonly user: string | null;
  readonly groups: readonly string[];
  readonly client: KubeClient;
}
