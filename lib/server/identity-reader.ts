import 'server-only';
import { z } from 'zod';
import type { KubeClient } from './kube/kube-client';
import { asKubeError } from './kube/kube-error';

const IDENTITY_TIMEOUT_MS = 1500;

const reviewSchema = z.object({
  status: z.object({
    userInfo: z.object({ username: z.string(), groups: z.array(z.string()).optional() }),
  }),
});

export interface Identity {
  readonly user: string | null;
  readonly groups: readonly string[];
}

const UNKNOWN: Identity = { user: null, groups: [] };

/** Who a client is to the API server, asked again when its credential changes. Never throws: unknown is an answer. */
export class IdentityReader {
  private known: { readonly generation: number; readonly identity: Identity } | null = null;
  private pending: Promise<Identity> | null = null;

  constructor(private readonly client: KubeClient) {}

  async read(): Promise<Identity> {
    if (this.known?.generation === this.client.connection.generation) return this.known.identity;
    this.pending ??= this.ask().finally(() => {
      this.pending = null;
    });
    return this.pending;
  }

  private async ask(): Promise<Identity> {
    const { generation } = this.client.connection;
    try {
      const { body } = await this.client.request({
        method: 'POST',
        path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
        timeoutMs: IDENTITY_TIMEOUT_MS,
      });
      const { username, groups = [] } = reviewSchema.parse(body).status.userInfo;
      this.known = { generation, identity: { user: username, groups } };
      return this.known.identity;
    } catch (error) {
      // An API server from before 1.28 does not have the review: nobody can be named then, now or later.
      if (asKubeError(error).code === 'not-found') this.known = { generation, identity: UNKNOWN };
      return this.known?.identity ?? UNKNOWN;
    }
  }
}
