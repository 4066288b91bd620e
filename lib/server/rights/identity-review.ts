import 'server-only';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { parseAnswer } from '@/lib/server/kube/kubernetes-answer';
import { z } from '@/lib/zod';

export const IDENTITY_REVIEW = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' } as const;
export const IDENTITY_REVIEWS = 'selfsubjectreviews';
const TIMEOUT_MS = 5000;

/** Who the API server takes a credential for. Its authorizer decides by all of this. */
export interface PersonIdentity {
  readonly user: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

const reviewSchema = z.object({
  kind: z.literal(IDENTITY_REVIEW.kind),
  status: z.object({
    userInfo: z.object({
      username: z.string().min(1),
      uid: z.string().default(''),
      groups: z.array(z.string()).default([]),
      extra: z.record(z.string(), z.array(z.string())).default({}),
    }),
  }),
});

/**
 * Returns who the API server takes a client's credential for.
 *
 * @throws KubeError, such as `unauthorized` when it rejects the credential
 */
export async function reviewIdentity(client: Pick<KubeClient, 'request'>): Promise<PersonIdentity> {
  const { body } = await client.request({
    method: 'POST',
    path: `/apis/${IDENTITY_REVIEW.apiVersion}/${IDENTITY_REVIEWS}`,
    body: IDENTITY_REVIEW,
    timeoutMs: TIMEOUT_MS,
  });
  const { username: user, ...identity } = parseAnswer(reviewSchema, body).status.userInfo;
  return { user, ...identity };
}
