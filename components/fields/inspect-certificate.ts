import { queryOptions } from '@tanstack/react-query';
import {
  type InspectionAnswer,
  type InspectionRequest,
  inspectionAnswerSchema,
} from '@/lib/api/certificate-inspection';
import { postJson } from '@/lib/client/api/api-request';
import { isWorthRetrying, retryDelayMs } from '@/lib/client/api/retry';

const PATH = '/api/certificates/inspect';
/** Long enough to come back a step, short enough that a tab does not hold material for the rest of the day. */
const KEPT_MS = 60_000;
/** What is in a Secret may have changed since; typed text has not. */
const SECRET_STALE_MS = 10_000;
/** A person is waiting: after these the input says that it could not be checked. */
const MAX_RETRIES = 2;

/** Asks the server what a certificate is, and whether it can do what it is for. Throws as `postJson` does. */
export async function inspectCertificate(
  request: InspectionRequest,
  signal: AbortSignal,
): Promise<InspectionAnswer> {
  return inspectionAnswerSchema.parse(await postJson(PATH, request, signal));
}

/** @param key of the request, from `inspectionKey`: the cache's keys show up in tools, so material is never one */
export function inspectionQuery(request: InspectionRequest, key: string) {
  return queryOptions({
    queryKey: ['inspection', key],
    queryFn: ({ signal }) => inspectCertificate(request, signal),
    staleTime: readsSecret(request) ? SECRET_STALE_MS : Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
    retry: (failures, error) => failures < MAX_RETRIES && isWorthRetrying(error),
    retryDelay: retryDelayMs,
    networkMode: 'always',
  });
}

function readsSecret({ certificate, privateKey }: InspectionRequest): boolean {
  return 'secret' in certificate || (privateKey !== undefined && 'secret' in privateKey);
}

let fallbackKeys = 0;

/**
 * A name for a request that tells nothing of it: its SHA-256. On plain http off loopback browsers have no digest; then
 * every request gets a name of its own, so that nothing is found in the cache and everything is asked again.
 */
export async function inspectionKey(request: InspectionRequest): Promise<string> {
  // Its type says that it is always there; in an insecure context it is not.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) {
    fallbackKeys += 1;
    return `request-${fallbackKeys}`;
  }
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(request)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
