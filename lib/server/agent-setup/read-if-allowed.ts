import 'server-only';
import type { JsonObject } from '@/lib/plane/json/json';
import { asKubeError, type KubeErrorCode } from '@/lib/server/kube/kube-error';
import { listPage } from '@/lib/server/kube/list-pages';
import type { ListedKind } from '@/lib/server/kube/listed-kind';
import { type RequestedObject, requestedObject } from '@/lib/server/kube/requested-object';
import type { Caller } from '@/lib/server/rights/caller';
import type { z } from '@/lib/zod';

const READ_TIMEOUT_MS = 5000;
/** The Gateway API, for one, need not be installed. */
const NO_OBJECT: ReadonlySet<KubeErrorCode> = new Set(['forbidden', 'not-found', 'not-served']);

/**
 * Reads an object as the caller; null when it is forbidden, missing or not served.
 *
 * @throws KubeError when the API server doesn't answer, or answers something else
 */
export async function readIfAllowed(
  { client }: Caller,
  path: string,
  wanted: RequestedObject,
): Promise<JsonObject | null> {
  const answer = await ifAllowed(client.request({ path, timeoutMs: READ_TIMEOUT_MS }));
  return answer && requestedObject(answer.body, wanted);
}

/**
 * Reads the first 500 items of a list that match a schema; empty when it is forbidden or missing.
 *
 * @throws KubeError when the API server doesn't answer, or answers something else
 */
export async function listIfAllowed<T>(
  { client }: Caller,
  path: string,
  listed: ListedKind,
  schema: z.ZodType<T>,
): Promise<T[]> {
  const options = { timeoutMs: READ_TIMEOUT_MS };
  const page = await ifAllowed(listPage(client, path, listed, undefined, options));
  return (page?.items ?? []).flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}

async function ifAllowed<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    const failure = asKubeError(error);
    if (NO_OBJECT.has(failure.code)) return null;
    throw failure;
  }
}
