import 'server-only';
import type { InspectionAnswer } from '@/lib/api/credentials';
import { PLANE_ANNOTATION } from '@/lib/plane/model/annotations';
import { clientCaSource } from '@/lib/plane/model/client-ca';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { planeKey } from '@/lib/plane/model/plane-path';
import type { AgentCa } from '@/lib/plane/related/related-resources';
import { inspectCertificate } from '@/lib/server/certificates/inspect-certificate';
import type { ReadPlane } from '@/lib/server/fleet/read-plane';
import { objectPath, secretsPath } from '@/lib/server/kube/api-paths';
import { readMetadata } from '@/lib/server/kube/object-metadata';
import {
  type SecretPlace,
  type SecretReader,
  type SecretReading,
  secretReader,
} from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';

type SecretState = Extract<AgentCa['source'], { from: 'secret' }>['state'];

/**
 * Returns where the CA that verifies a plane's agent is stored, and its public facts, read as the caller. A plane
 * without an agent has none, and the CA of direct access doesn't count. Never throws: a Secret that couldn't be read
 * is `unknown`.
 *
 * @param usersOf returns the other planes visible to the caller that refer to a Secret `<namespace>/<name>`
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
  const readSecret = secretReader(caller);
  if ('inline' in source) {
    const request = { purpose: 'agent-ca', certificate: { stored: source.inline } } as const;
    return { source: { from: 'inline' }, ...caOf(await inspectCertificate(request, readSecret, nowMs)) };
  }
  const { secret } = source;
  const [state, createdForThisPlane] = await Promise.all([
    stateOf(readSecret, secret),
    isAnnotatedFor(caller, secret, planeKey(plane)),
  ]);
  const usedBy = usersOf(`${secret.namespace}/${secret.name}`);
  const where = { from: 'secret', ...secret, state, createdForThisPlane, usedBy } as const;
  if (state !== 'read') return { source: where, certificates: [], findings: [] };
  // The reader caches the Secret, so this sends no request.
  const request = { purpose: 'agent-ca', certificate: { secret } } as const;
  return { source: where, ...caOf(await inspectCertificate(request, readSecret, nowMs)) };
}

function caOf({ certificates, findings, unreadable, others }: InspectionAnswer): Omit<AgentCa, 'source'> {
  return { certificates, findings, ...(unreadable ? { unreadable } : {}), ...(others ? { others } : {}) };
}

const STATES: Record<SecretReading['state'], SecretState> = {
  read: 'read',
  'secret-missing': 'missing',
  'key-missing': 'key-missing',
  'not-visible': 'not-visible',
  // A Secret can't have this name, so it doesn't exist.
  'no-such-name': 'missing',
};

async function stateOf(readSecret: SecretReader, place: SecretPlace): Promise<SecretState> {
  try {
    return STATES[(await readSecret(place)).state];
  } catch {
    return 'unknown';
  }
}

/** Returns whether the Secret is annotated as created for the plane; false also when it can't be read. */
async function isAnnotatedFor(
  caller: Caller,
  { namespace, name }: SecretPlace,
  key: string,
): Promise<boolean> {
  try {
    const metadata = await readMetadata(caller.client, {
      path: objectPath(secretsPath(namespace), name),
      namespace,
      name,
    });
    return metadata?.annotations[PLANE_ANNOTATION] === key;
  } catch {
    return false;
  }
}
