import 'server-only';
import { paced } from '@/lib/plane/time/pace';
import { isProvenUnserved } from '@/lib/server/kube/discovery';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import type { IdentityConnection } from '@/lib/server/kube/kube-connection';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { IDENTITY_REVIEW, IDENTITY_REVIEWS, reviewIdentity } from './identity-review';

/** The pause after a failed attempt, before a page causes another one. */
const PAUSE_MS = 10_000;
/** How long a caller waits for the answer about a new credential, which normally takes some milliseconds. */
const NEW_ANSWER_MS = 500;

export interface Identity {
  readonly user: string | null;
  readonly groups: readonly string[];
}

const UNKNOWN: Identity = { user: null, groups: [] };

/** The part of a client that is used here. */
type IdentityClient = Pick<KubeClient, 'request'> & {
  readonly connection: Pick<IdentityConnection, 'generation' | 'checkFiles'>;
};

/**
 * The identity that the API server sees in a client, requested again when its credential changes. Pages are rendered
 * with it, so nothing waits long: until there is an answer the last one counts, and "unknown" before the first.
 */
export class IdentityReader {
  private known: { readonly generation: number; readonly identity: Identity } | null = null;
  private pending: Promise<void> | null = null;
  private failedAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly client: IdentityClient) {}

  /**
   * The last known identity. If it belongs to an older credential, a new request starts in the background, with
   * pauses after failures.
   */
  current(): Identity {
    // The credential of another user must not be named after the one before, even if nothing was requested since.
    this.client.connection.checkFiles?.();
    // Each rejection reloads the credential, so a changed credential alone must not shorten the pause.
    if (!this.isCurrent() && performance.now() - this.failedAtMs >= paced(PAUSE_MS)) void this.refresh();
    return this.known?.identity ?? UNKNOWN;
  }

  /**
   * Returns the same, but waits a moment for the answer about a new credential, because a page, a log line or an
   * annotation without a name, or with that of an earlier user, stays that way. The wait is short, so an unreachable API
   * server doesn't keep pages from reporting it.
   */
  async awaitCurrent(): Promise<Identity> {
    const identity = this.current();
    if (this.isCurrent() || this.pending === null) return identity;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, NEW_ANSWER_MS);
    });
    await Promise.race([this.pending, enough]);
    clearTimeout(timer);
    return this.current();
  }

  private isCurrent(): boolean {
    return this.known?.generation === this.client.connection.generation;
  }

  /** Requests the identity now, one request at a time, and resolves when it has ended. Never throws. */
  refresh(): Promise<void> {
    this.pending ??= this.request().finally(() => {
      this.pending = null;
    });
    return this.pending;
  }

  private async request(): Promise<void> {
    const { generation } = this.client.connection;
    try {
      const { user, groups } = await reviewIdentity(this.client);
      this.known = { generation, identity: { user, groups } };
    } catch (error) {
      // API servers before 1.28 don't have the review, so the name stays unknown.
      const failure = asKubeError(error);
      if (await isProvenUnserved(this.client, failure, IDENTITY_REVIEW.apiVersion, IDENTITY_REVIEWS))
        this.known = { generation, identity: UNKNOWN };
      else this.failedAtMs = performance.now();
    }
  }
}
