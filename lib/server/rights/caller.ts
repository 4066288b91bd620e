import 'server-only';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import type { RequestOrigin } from '@/lib/server/log/audit';

/** The person or account on whose behalf something is read or written. Only `resolveCaller` creates one. */
export interface Caller {
  /** Unique for each set of rights: of user, groups and extras. The key of every cache of what a caller may do. */
  readonly id: string;
  /** The caller's name on the API server; null until it has answered. */
  readonly user: string | null;
  readonly groups: readonly string[];
  /** Sends requests with the caller's own credential. */
  readonly client: KubeClient;
  /**
   * Whether this is the identity that the fleet is read with, so that the store holds exactly what it may see. What others
   * may see is reviewed.
   */
  readonly isOwnAccount: boolean;
  /** The request that it made, for the audit log. Planeboard's own account has none. */
  readonly origin?: RequestOrigin;
  /** When its session ends unless it's renewed, in milliseconds since the epoch; undefined without a session. */
  readonly sessionEndsAtMs?: number;
}
