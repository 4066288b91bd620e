import 'server-only';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { parseAnswer } from '@/lib/server/kube/kubernetes-answer';
import { z } from '@/lib/zod';

const API_VERSION = 'authorization.k8s.io/v1';
const KIND = 'SelfSubjectRulesReview';
const TIMEOUT_MS = 5000;

const names = z
  .array(z.string())
  .nullish()
  .transform((found) => found ?? []);

const reviewSchema = z.object({
  kind: z.literal(KIND),
  status: z.object({
    incomplete: z.boolean().default(false),
    resourceRules: z
      .array(z.object({ verbs: names, apiGroups: names, resources: names, resourceNames: names }))
      .nullish()
      .transform((found) => found ?? []),
  }),
});

/** What an identity may do with some resources. Without `resourceNames`: with all objects of these. */
export type ResourceRule = z.infer<typeof reviewSchema>['status']['resourceRules'][number];

/** What an identity may do in a namespace, cluster-wide rights included. */
export interface NamespaceRules {
  readonly rules: readonly ResourceRule[];
  /** Whether an authorizer may allow more than it can list. */
  readonly isIncomplete: boolean;
}

/**
 * Returns what the API server lists as allowed to a client's identity in a namespace. It is a hint: only an access review
 * decides.
 *
 * @throws KubeError
 */
export async function reviewRules(
  client: Pick<KubeClient, 'request'>,
  namespace: string,
): Promise<NamespaceRules> {
  const { body } = await client.request({
    method: 'POST',
    path: `/apis/${API_VERSION}/selfsubjectrulesreviews`,
    body: { apiVersion: API_VERSION, kind: KIND, spec: { namespace } },
    timeoutMs: TIMEOUT_MS,
  });
  const { resourceRules: rules, incomplete: isIncomplete } = parseAnswer(reviewSchema, body).status;
  return { rules, isIncomplete };
}

/** Returns the rules that give a verb on a resource. */
export function rulesFor(
  rules: readonly ResourceRule[],
  verb: string,
  group: string,
  resource: string,
): ResourceRule[] {
  const has = (list: readonly string[], item: string) => list.includes(item) || list.includes('*');
  return rules.filter(
    ({ verbs, apiGroups, resources }) =>
      has(verbs, verb) && has(apiGroups, group) && has(resources, resource),
  );
}
