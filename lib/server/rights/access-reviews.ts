import 'server-only';
import type { Access } from '@/lib/plane/model/access';
import { paced } from '@/lib/plane/time/pace';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { parseAnswer } from '@/lib/server/kube/kubernetes-answer';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { processSlot } from '@/lib/server/process/process-slot';
import { z } from '@/lib/zod';
import type { Caller } from './caller';

/** A lost right is noticed within a minute. */
const USE_MS = 60_000;
const MAX_ENTRIES = 20_000;
const REVIEW_TIMEOUT_MS = 5000;

/** An action that a caller may or may not do. Without a namespace: cluster-wide, in all namespaces. */
export interface AccessQuestion {
  readonly verb: 'create' | 'get' | 'list' | 'patch' | 'delete';
  /** Empty: the core group. */
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string | undefined;
  /** The name of one object; rights can be granted for single names. */
  readonly name?: string;
}

interface Entry {
  readonly access: Promise<Access>;
  readonly untilMs: number;
}

const KIND = 'SelfSubjectAccessReview';
const answerSchema = z.object({
  kind: z.literal(KIND),
  status: z.object({ allowed: z.boolean() }),
});

/**
 * Returns whether the caller may do something, as the API server answers that caller (SelfSubjectAccessReview).
 * Answers are reused for up to a minute for the same caller and question. Never throws: a failed review is `unknown`,
 * and is repeated the next time.
 */
export async function reviewAccess(caller: Caller, question: AccessQuestion): Promise<Access> {
  const cache = processSlot('access-reviews', () => new Map<string, Entry>());
  const key = cacheKey(caller, question);
  const nowMs = monotonicMs();
  const known = cache.get(key);
  if (known && known.untilMs > nowMs) return known.access;
  evictOld(cache, nowMs);
  const access = review(caller, question);
  cache.set(key, { access, untilMs: nowMs + paced(USE_MS) });
  const answer = await access;
  if (answer.state === 'unknown' && cache.get(key)?.access === access) cache.delete(key);
  return answer;
}

/** Another credential at the same address may have the same name and other rights, so its generation counts. */
function cacheKey(
  { id, client }: Caller,
  { verb, group, resource, namespace, name }: AccessQuestion,
): string {
  return JSON.stringify([
    id,
    client.connection.generation,
    verb,
    group,
    resource,
    namespace ?? null,
    name ?? null,
  ]);
}

async function review(caller: Caller, question: AccessQuestion): Promise<Access> {
  try {
    const isAllowed = await requestAccess(caller.client, question);
    return isAllowed ? { state: 'allowed' } : { state: 'denied', reason: missingRight(question) };
  } catch {
    return { state: 'unknown' };
  }
}

/**
 * Returns whether the API server allows a client's identity to do something, as of now.
 *
 * @throws KubeError
 */
export async function requestAccess(
  client: Pick<KubeClient, 'request'>,
  { verb, group, resource, namespace, name }: AccessQuestion,
): Promise<boolean> {
  return sendReview(client, {
    resourceAttributes: {
      verb,
      group,
      resource,
      ...(namespace ? { namespace } : {}),
      ...(name ? { name } : {}),
    },
  });
}

/**
 * Returns whether the API server allows a client's identity to GET one of its own paths, such as `/metrics`
 * (`nonResourceURLs` of a ClusterRole).
 *
 * @throws KubeError
 */
export async function requestPathAccess(client: Pick<KubeClient, 'request'>, path: string): Promise<boolean> {
  return sendReview(client, { nonResourceAttributes: { verb: 'get', path } });
}

async function sendReview(client: Pick<KubeClient, 'request'>, spec: object): Promise<boolean> {
  const { body } = await client.request({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: { apiVersion: 'authorization.k8s.io/v1', kind: KIND, spec },
    timeoutMs: REVIEW_TIMEOUT_MS,
  });
  return parseAnswer(answerSchema, body).status.allowed;
}

/**
 * Returns the sentence that names a missing right, in the terms that an administrator needs to grant it. Fits after
 * "You can't …".
 */
export function missingRight({ verb, group, resource, namespace, name }: AccessQuestion): string {
  const what = `${group === '' ? resource : `${resource}.${group}`}${name === undefined ? '' : ` (${name})`}`;
  const where = namespace === undefined ? 'cluster-wide' : `in the namespace ${namespace}`;
  return `Ask an administrator for permission to ${verb} ${what} ${where}.`;
}

function evictOld(cache: Map<string, Entry>, nowMs: number): void {
  if (cache.size < MAX_ENTRIES) return;
  for (const [key, { untilMs }] of cache) if (untilMs <= nowMs) cache.delete(key);
  // All of them are fresh, with thousands of callers at once. Repeating a review is merely slower.
  if (cache.size >= MAX_ENTRIES) cache.clear();
}
