import 'server-only';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import type { RequestOrigin } from '@/lib/server/log/audit';

/** The person or account on whose behalf something is read or written. Only `resolveCaller` creates one. */
export interface Caller {
  /** Unique for each caller; the key of every cache of what a caller may see. */
  readonly id: string;
  /** The caller's name on the API server; null until it has answered. */
  readonly user: string | null;
  readonly groups: readonly string[];
  readonly client: KubeClient;
  /** The request that it made, for the audit log. Planeboard's own account has none. */
  readonly origin?: RequestOrigin;
}
