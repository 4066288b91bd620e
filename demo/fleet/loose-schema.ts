import { setTimeout as sleep } from 'node:timers/promises';
import { type KubeClient, KubeError } from '@/demo/control-plane/kube-client';
import { applyCrd } from '@/demo/crds/install-profile';
import type { CustomResourceDefinition } from '@/demo/crds/kind-definition';
import { crdsOf, type Release } from '@/demo/crds/profiles';

const POLL_MS = 100;
const TIMEOUT_MS = 20_000;
const LOOSE = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } as const;

/**
 * Runs `work` while a kind's definition accepts any spec and status, then restores the release's definition. Objects
 * written in between don't change. Resolves when the API server rejects such writes again.
 *
 * @param isStrict checks whether the API server rejects such writes now
 */
export async function withLooseSchema(
  client: KubeClient,
  release: Release,
  kind: string,
  work: () => Promise<void>,
  isStrict: () => Promise<boolean>,
): Promise<void> {
  const strict = crdsOf(release).find((crd) => crd.spec.names.kind === kind);
  if (!strict) throw new Error(`Release ${release} has no ${kind}.`);
  await applyCrd(client, loosened(strict));
  try {
    await until(async () => !(await isStrict()), `${kind} to accept anything`);
    await work();
  } finally {
    await applyCrd(client, strict);
  }
  await until(isStrict, `${kind} to be strict again`);
}

/** Whether a write was rejected because of its schema. Rethrows other errors. */
export async function isRejected(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return false;
  } catch (error) {
    if (error instanceof KubeError && (error.status === 422 || error.status === 400)) return true;
    throw error;
  }
}

function loosened(crd: CustomResourceDefinition): CustomResourceDefinition {
  const [version] = crd.spec.versions;
  const root = version.schema.openAPIV3Schema;
  const openAPIV3Schema = { ...root, properties: { ...root.properties, spec: LOOSE, status: LOOSE } };
  return { ...crd, spec: { ...crd.spec, versions: [{ ...version, schema: { openAPIV3Schema } }] } };
}

/** Polls, because the API server applies a changed definition with a delay and doesn't report when. */
async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  const deadlineMs = performance.now() + TIMEOUT_MS;
  while (!(await condition())) {
    if (performance.now() > deadlineMs)
      throw new Error(`Timed out after ${TIMEOUT_MS / 1000} s waiting for ${what}.`);
    await sleep(POLL_MS);
  }
}
