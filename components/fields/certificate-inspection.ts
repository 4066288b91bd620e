import { queryOptions } from '@tanstack/react-query';
import {
  type InspectionAnswer,
  type InspectionRequest,
  inspectionAnswerSchema,
  type Material,
} from '@/lib/api/credentials';
import { postJson } from '@/lib/client/api/api-request';
import { retryAtMost } from '@/lib/client/api/query-client';
import type { Credential } from '@/lib/plane/credentials/credential';
import {
  type CredentialSlot,
  isCertificatePurpose,
  keySlotFor,
} from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import type { Draft } from '@/lib/plane/registration/draft';
import { paced } from '@/lib/plane/time/pace';

type Credentials = Pick<Draft, 'credentials' | 'namespace'>;

/**
 * The inspection requests for a draft's certificates, by slot id. Leaves out slots without material, and slots whose
 * text this browser rejects itself: a private key pasted into a certificate field never leaves the browser.
 *
 * @param slots the slots that are part of the plane
 * @param draft supplies the namespace of Secrets that name none
 */
export function inspectionRequests(
  slots: readonly CredentialSlot[],
  draft: Credentials,
): Record<string, InspectionRequest> {
  const requests: Record<string, InspectionRequest> = {};
  for (const slot of slots) {
    if (!isCertificatePurpose(slot.purpose)) continue;
    const certificate = materialOf(slot, draft);
    if (certificate === null) continue;
    const keySlot = keySlotFor(slot, slots);
    const privateKey = keySlot ? materialOf(keySlot, draft) : null;
    requests[slot.id] = { purpose: slot.purpose, certificate, ...(privateKey ? { privateKey } : {}) };
  }
  return requests;
}

function materialOf(slot: CredentialSlot, draft: Credentials): Material | null {
  const credential = draft.credentials[slot.id];
  if (!credential) return null;
  if (credential.source === 'existing-secret') return secretMaterial(credential, draft.namespace);
  const text = credential.text;
  return text.trim() === '' || materialProblem(slot.purpose, text) !== null ? null : { text };
}

function secretMaterial(credential: Credential, ownNamespace: string): Material | null {
  const secret = {
    namespace: credential.namespace || ownNamespace,
    name: credential.name,
    key: credential.key,
  };
  return secret.namespace && secret.name && secret.key ? { secret } : null;
}

const PATH = '/api/certificates/inspect';
/** Long enough to go back a step, short enough that a tab doesn't hold material for the rest of the day. */
const CACHE_MS = 60_000;
/** A Secret may change after it is read; typed text doesn't. */
const SECRET_STALE_MS = 10_000;
/** The user is waiting: after these retries the input reports that the certificate couldn't be checked. */
const MAX_RETRIES = 2;

/** Asks the server to read a certificate and check that it suits its purpose. @throws what `postJson` throws */
async function inspectCertificate(
  request: InspectionRequest,
  signal: AbortSignal,
): Promise<InspectionAnswer> {
  return inspectionAnswerSchema.parse(await postJson(PATH, request, signal));
}

/** @param key from `inspectionKey`; cache keys show up in developer tools, so they must not hold material */
export function inspectionQuery(request: InspectionRequest, key: string) {
  return queryOptions({
    queryKey: ['inspection', key],
    queryFn: ({ signal }) => inspectCertificate(request, signal),
    staleTime: readsSecret(request) ? paced(SECRET_STALE_MS) : Number.POSITIVE_INFINITY,
    gcTime: paced(CACHE_MS),
    retry: retryAtMost(MAX_RETRIES),
  });
}

function readsSecret({ certificate, privateKey }: InspectionRequest): boolean {
  return 'secret' in certificate || (privateKey !== undefined && 'secret' in privateKey);
}

let fallbackKeys = 0;

/**
 * A cache key that reveals nothing of the request: its SHA-256. Browsers have no digest on plain HTTP outside
 * loopback; there every request gets a unique key and bypasses the cache.
 */
export async function inspectionKey(request: InspectionRequest): Promise<string> {
  // Undefined in an insecure context, although its type doesn't say so.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) {
    fallbackKeys += 1;
    return `request-${fallbackKeys}`;
  }
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(request)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
