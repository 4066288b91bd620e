import 'server-only';
import { PLANE_ANNOTATION } from '@/lib/plane/model/annotations';
import { clientCaSource } from '@/lib/plane/model/client-ca';
import { isKubernetesName, planeKey } from '@/lib/plane/model/plane-path';
import type { AgentCa, ObjectRef } from '@/lib/plane/related/related-resources';
import { inspectCertificate } from '@/lib/server/certificates/inspect-certificate';
import type { ReadPlane } from '@/lib/server/fleet/read-plane';
import {
  type SecretPlace,
  type SecretReader,
  type SecretReading,
  secretReader,
} from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { z } from '@/lib/zod';

const READ_TIMEOUT_MS = 5000;
/** Names, labels and annotations and nothing else: no value of a Secret comes near this process a second time. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

type SecretState = Extract<AgentCa['source'], { from: 'secret' }>['state'];

const metadataSchema = z.object({
  kind: z.literal('PartialObjectMetadata'),
  metadata: z.object({ annotations: z.record(z.string(), z.string()).optional() }),
});

/**
 * Where the CA stands that verifies a plane's agent, and what is publicly known of it, read as the caller. A plane
 * without an agent has none: what direct access trusts is no part of this. Never throws: a Secret that could not be
 * asked for is `unknown`.
 *
 * @param usersOf the other planes, as far as the caller may see them, that name a Secret `<namespace>/<name>`
 * @param nowMs the API server's clock
 */
export async function readAgentCa(
  caller: Caller,
  { entry, plane, raw }: ReadPlane,
  usersOf: (secret: string) => ObjectRef[],
  nowMs: number,
): Promise<AgentCa> {
  const source = clientCaSource(entry.kind, raw);
  if (!source) return { source: { from: 'none' }, certificates: [], findings: [] };
  if ('absent' in source) return { source: { from: 'absent' }, certificates: [], findings: [] };
  const readSecret = secretReader(caller.client);
  if ('inline' in source) {
    const request = { purpose: 'agent-ca', certificate: { text: source.inline } } as const;
    const { certificates, findings } = await inspectCertificate(request, readSecret, nowMs);
    return { source: { from: 'inline' }, certificates, findings };
  }
  const { secret } = source;
  const [state, createdForThisPlane] = await Promise.all([
    stateOf(readSecret, secret),
    isCreatedFor(caller, secret, planeKey(plane)),
  ]);
  const usedBy = usersOf(`${secret.namespace}/${secret.name}`);
  const where = { from: 'secret', ...secret, state, createdForThisPlane, usedBy } as const;
  if (state !== 'read') return { source: where, certificates: [], findings: [] };
  // The reader remembers the Secret, so this asks nobody.
  const request = { purpose: 'agent-ca', certificate: { secret } } as const;
  const { certificates, findings } = await inspectCertificate(request, readSecret, nowMs);
  return { source: where, certificates, findings };
}

const STATES: Record<SecretReading['state'], SecretState> = {
  read: 'read',
  'secret-missing': 'missing',
  'key-missing': 'key-missing',
  'not-visible': 'not-visible',
  // No Secret can have it, so none has.
  'no-such-name': 'missing',
};

async function stateOf(readSecret: SecretReader, place: SecretPlace): Promise<SecretState> {
  try {
    return STATES[(await readSecret(place)).state];
  } catch {
    return 'unknown';
  }
}

/** What could not be read is not claimed. */
async function isCreatedFor(caller: Caller, { namespace, name }: SecretPlace, key: string): Promise<boolean> {
  if (!isKubernetesName(namespace) || !isKubernetesName(name)) return false;
  try {
    const { body } = await caller.client.request({
      path: `/api/v1/namespaces/${namespace}/secrets/${name}`,
      headers: { accept: METADATA_ONLY },
      timeoutMs: READ_TIMEOUT_MS,
    });
    return metadataSchema.parse(body).metadata.annotations?.[PLANE_ANNOTATION] === key;
  } catch {
    return false;
  }
}
