import 'server-only';
import { asKubeError, type KubeErrorCode } from '@/lib/server/kube/kube-error';
import type { Caller } from '@/lib/server/rights/caller';
import { z } from '@/lib/zod';

const READ_TIMEOUT_MS = 5000;
/** The Gateway API, for one, need not be installed. */
const NO_OBJECT: ReadonlySet<KubeErrorCode> = new Set(['forbidden', 'not-found', 'not-served']);

/**
 * Reads an object or a list as the caller; null when it is forbidden, missing or not served.
 *
 * @throws KubeError when the API server doesn't answer
 */
export async function readIfAllowed(caller: Caller, path: string): Promise<unknown> {
  try {
    return (await caller.client.request({ path, timeoutMs: READ_TIMEOUT_MS })).body;
  } catch (error) {
    const failure = asKubeError(error);
    if (NO_OBJECT.has(failure.code)) return null;
    throw failure;
  }
}

const listSchema = z.object({ items: z.array(z.unknown()).nullish() });

/**
 * Reads the items of a list that match a schema; empty when it is forbidden or missing.
 *
 * @throws KubeError when the API server doesn't answer
 */
export async function listIfAllowed<T>(caller: Caller, path: string, schema: z.ZodType<T>): Promise<T[]> {
  const list = listSchema.safeParse(await readIfAllowed(caller, path)).data;
  return (list?.items ?? []).flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}
