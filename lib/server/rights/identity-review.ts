import 'server-only';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { KubeError } from '@/lib/server/kube/kube-error';
import { parseAnswer } from '@/lib/server/kube/kubernetes-answer';
import { z } from '@/lib/zod';

const API_VERSION = 'authentication.k8s.io/v1';
const KIND = 'SelfSubjectReview';
const TIMEOUT_MS = 5000;
const ANONYMOUS_GROUP = 'system:unauthenticated';

/** Who the API server takes a credential for. Its authorizer decides by all of this. */
export interface PersonIdentity {
  readonly user: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

const reviewSchema = z.object({
  kind: z.literal(KIND),
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
 * @throws KubeError `unauthorized` when it rejects the credential, or doesn't look at it
 */
export async function reviewIdentity(client: Pick<KubeClient, 'request'>): Promise<PersonIdentity> {
  const { body } = await client.request({
    method: 'POST',
    path: `/apis/${API_VERSION}/selfsubjectreviews`,
    body: { apiVersion: API_VERSION, kind: KIND },
    timeoutMs: TIMEOUT_MS,
  });
  const { username: user, ...identity } = parseAnswer(reviewSchema, body).status.userInfo;
  // A proxy that drops the header turns everyone into nobody, who must not count as signed in.
  if (identity.groups.includes(ANONYMOUS_GROUP))
    throw new KubeError(
      'unauthorized',
      'The API server got no credential. Check any proxy in front of it.',
      401,
    );
  return { user, ...identity };
}
