import { setTimeout as pause } from 'node:timers/promises';
import type { KubeClient } from '@/demo/control-plane/kube-client';

const ADMISSION = '/apis/admissionregistration.k8s.io/v1';
const PROBE_PAUSE_MS = 100;
const MAX_WAIT_MS = 60_000;

/** What an admission policy changes in new and changed objects of a kind. */
export interface PolicyChange {
  readonly apiGroup: string;
  readonly apiVersion: string;
  /** Such as `dataplanes`. */
  readonly resource: string;
  /** Limits the policy to these objects: a CEL condition on `object`. */
  readonly when: string;
  /** A CEL expression that returns a list of `JSONPatch`. */
  readonly patches: string;
}

/**
 * Creates a real admission policy that changes objects, as a cluster's administrator may.
 *
 * @param isEffective sends a dry run that the policy changes; the API server takes a moment to learn of a policy
 * @returns deletes the policy, and waits until it has no effect any more
 */
export async function createMutatingPolicy(
  kube: KubeClient,
  name: string,
  { apiGroup, apiVersion, resource, when, patches }: PolicyChange,
  isEffective: () => Promise<boolean>,
): Promise<() => Promise<void>> {
  const rule = {
    apiGroups: [apiGroup],
    apiVersions: [apiVersion],
    resources: [resource],
    operations: ['CREATE', 'UPDATE'],
  };
  const deletePolicy = async () => {
    await kube.delete(`${ADMISSION}/mutatingadmissionpolicybindings/${name}`);
    await kube.delete(`${ADMISSION}/mutatingadmissionpolicies/${name}`);
  };
  await kube.post(`${ADMISSION}/mutatingadmissionpolicies`, {
    metadata: { name },
    spec: {
      reinvocationPolicy: 'Never',
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules: [rule] },
      matchConditions: [{ name: 'objects', expression: when }],
      mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression: patches } }],
    },
  });
  await kube.post(`${ADMISSION}/mutatingadmissionpolicybindings`, {
    metadata: { name },
    spec: { policyName: name },
  });
  try {
    await until(isEffective);
  } catch (error) {
    await deletePolicy();
    throw error;
  }
  return async () => {
    await deletePolicy();
    await until(async () => !(await isEffective()));
  };
}

/** Waits for the API server. At first, it rejects every write, because it doesn't know the policy's kind yet. */
async function until(isReached: () => Promise<boolean>): Promise<void> {
  const endMs = Date.now() + MAX_WAIT_MS;
  for (;;) {
    let failure: unknown;
    const isDone = await isReached().catch((error: unknown) => {
      failure = error;
      return false;
    });
    if (isDone) return;
    if (Date.now() > endMs)
      throw new Error("The admission policy's state didn't change.", { cause: failure });
    await pause(PROBE_PAUSE_MS);
  }
}
