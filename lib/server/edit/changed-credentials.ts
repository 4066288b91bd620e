import 'server-only';
import {
  CERTIFICATE_PURPOSES,
  type CertificatePurpose,
  type CredentialPurpose,
  type CredentialSlot,
} from '@/lib/plane/credentials/credential-slot';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import type { JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import { sameJson } from '@/lib/plane/json/merge-patch';
import { inspectCertificate } from '@/lib/server/certificates/inspect-certificate';
import { materialIn } from '@/lib/server/credentials/credential-place';
import { type FieldProblem, ProblemError } from '@/lib/server/http/problem';
import { secretReader } from '@/lib/server/kube/secret-key';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { type LivePlane, specOfObject } from './live-plane';

/**
 * Checks the credentials that an edit of a plane changes by the rules of the registration: what cannot work is refused,
 * what will break is told.
 *
 * @param wanted the plane as it would be
 * @returns warnings, a sentence each
 * @throws ProblemError `invalid-field` with paths of the form's draft; KubeError
 */
export async function checkChangedCredentials(
  caller: Caller,
  live: LivePlane,
  wanted: JsonObject,
): Promise<string[]> {
  const [before, after] = [specOfObject(live.raw), specOfObject(wanted)];
  const slots = credentialSlots(live.kind);
  const isChanged = (slot: CredentialSlot | undefined) =>
    slot !== undefined && !sameJson(valueAt(before, slot.path), valueAt(after, slot.path));
  const readSecret = secretReader(caller.client);
  const errors: FieldProblem[] = [];
  const warnings: string[] = [];
  for (const slot of slots) {
    const key = slot.purpose === 'client-certificate' ? keyBeside(slot, slots) : undefined;
    const material = materialIn(after, slot, live);
    if (!material || !(isChanged(slot) || isChanged(key))) continue;
    if (!isCertificatePurpose(slot.purpose)) {
      const problem = 'text' in material ? materialProblem(slot.purpose, material.text) : null;
      if (problem !== null) errors.push({ path: textPath(slot), message: problem });
      continue;
    }
    const privateKey = key && materialIn(after, key, live);
    const { findings } = await inspectCertificate(
      { purpose: slot.purpose, certificate: material, ...(privateKey ? { privateKey } : {}) },
      readSecret,
      getRuntime().clock.nowMs(),
    );
    for (const { severity, about, message } of findings) {
      const place = about === 'privateKey' && key ? key : slot;
      // What is wrong with the one that stays as it is must not keep anybody from changing the other.
      const isOfChanged = about === 'privateKey' || isChanged(slot);
      if (severity === 'error' && isOfChanged) errors.push({ path: textPath(place), message });
      else warnings.push(message);
    }
  }
  if (errors.length > 0)
    throw new ProblemError('invalid-field', errors.map(({ message }) => message).join(' '), { errors });
  return warnings;
}

export function isCertificatePurpose(purpose: CredentialPurpose): purpose is CertificatePurpose {
  return CERTIFICATE_PURPOSES.some((one) => one === purpose);
}

/** The slot of the private key that belongs to a client certificate: it stands in the same group of the spec. */
export function keyBeside(
  certificate: CredentialSlot,
  slots: readonly CredentialSlot[],
): CredentialSlot | undefined {
  return slots.find((slot) => slot.purpose === 'client-key' && groupOf(slot) === groupOf(certificate));
}

/** The slot of the certificate that a client's private key belongs to. */
export function certificateBeside(
  key: CredentialSlot,
  slots: readonly CredentialSlot[],
): CredentialSlot | undefined {
  return slots.find((slot) => slot.purpose === 'client-certificate' && groupOf(slot) === groupOf(key));
}

function groupOf({ path }: CredentialSlot): string {
  return path.slice(0, -1).join('.');
}

function textPath(slot: CredentialSlot): string[] {
  return ['credentials', slot.id, 'text'];
}
