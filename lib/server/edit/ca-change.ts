import 'server-only';
import { type CaCheck, caCheckOf } from '@/lib/plane/credentials/ca-check';
import type { CaChange } from '@/lib/plane/edit/edit-effect';
import type { JsonObject } from '@/lib/plane/json/json';
import { type ClientCaSource, clientCaSource } from '@/lib/plane/model/client-ca';
import {
  droppedCertificates,
  type KnownCertificate,
  knownCertificatesIn,
  unexpired,
} from '@/lib/server/certificates/known-certificate';
import type { SecretPlace, SecretReader } from '@/lib/server/kube/read-secret';
import type { LivePlane } from './live-plane';

/**
 * Returns how an edit changes what verifies the plane's agents, and when the gateway checks them. Agents are compared
 * by the stored certificates, because the gateway doesn't report which one an agent presents.
 *
 * @param wanted the plane after the edit
 * @param nowMs the API server's clock
 * @throws KubeError when a Secret couldn't be requested
 */
export async function caChange(
  { kind, raw }: LivePlane,
  wanted: JsonObject,
  readSecret: SecretReader,
  nowMs: number,
): Promise<{ readonly ca: CaChange; readonly caCheck: CaCheck }> {
  const [before, after] = [clientCaSource(kind.entry.kind, raw), clientCaSource(kind.entry.kind, wanted)];
  const isInline = [before, after].some((source) => source !== null && 'inline' in source);
  const caCheck = caCheckOf(kind.entry.kind, isInline ? 'inline' : 'secret');
  if (JSON.stringify(before) === JSON.stringify(after)) return { ca: { state: 'compatible' }, caCheck };
  const [old, now] = [await read(before, readSecret), await read(after, readSecret)];
  return { ca: compared(old, now, nowMs), caCheck };
}

type ReadCa =
  | { readonly certificates: readonly KnownCertificate[] }
  | { readonly problem: 'none' }
  | {
      readonly problem: 'secret-missing' | 'key-missing' | 'no-such-name' | 'not-visible';
      readonly secret: SecretPlace;
    };

async function read(source: ClientCaSource | null, readSecret: SecretReader): Promise<ReadCa> {
  if (source === null || 'absent' in source) return { problem: 'none' };
  if ('inline' in source) return { certificates: knownCertificatesIn(source.inline) };
  const reading = await readSecret(source.secret);
  if (reading.state !== 'read') return { problem: reading.state, secret: source.secret };
  return { certificates: knownCertificatesIn(reading.text) };
}

function compared(old: ReadCa, now: ReadCa, nowMs: number): CaChange {
  if ('problem' in now) {
    if (now.problem === 'none') return { state: 'removed' };
    const { problem, secret } = now;
    if (problem === 'not-visible') return { state: 'unknown', secret };
    return { state: 'missing', secret, keyOnly: problem === 'key-missing' };
  }
  if ('problem' in old) {
    // Without a CA, no agent was accepted before, so none is lost.
    return old.problem === 'not-visible' ? { state: 'unknown', secret: old.secret } : { state: 'compatible' };
  }
  const dropped = droppedCertificates(old.certificates, now.certificates, nowMs).length;
  if (dropped === 0) return { state: 'compatible' };
  return { state: 'dropped', dropped, of: unexpired(old.certificates, nowMs).length };
}
