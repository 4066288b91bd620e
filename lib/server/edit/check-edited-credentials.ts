import 'server-only';
import { storedMaterial } from '@/lib/plane/credentials/credential-place';
import {
  type CredentialSlot,
  isCertificatePurpose,
  keySlotFor,
} from '@/lib/plane/credentials/credential-slot';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import type { JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import { sameJson } from '@/lib/plane/json/merge-patch';
import { inspectCertificate } from '@/lib/server/certificates/inspect-certificate';
import { type FieldProblem, invalidFields } from '@/lib/server/http/problem';
import { secretReader } from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { type LivePlane, specOfObject } from './live-plane';

/**
 * Checks the credentials that an edit of a plane changes, by the rules of the registration: what can't work is
 * rejected, what will break is a warning.
 *
 * @param wanted the plane after the edit
 * @returns warnings, one sentence each
 * @throws ProblemError `invalid-field` with paths of the form's draft; KubeError
 */
export async function checkEditedCredentials(
  caller: Caller,
  live: LivePlane,
  wanted: JsonObject,
): Promise<string[]> {
  const [before, after] = [live.spec, specOfObject(wanted)];
  const slots = credentialSlots(live.kind);
  const isChanged = (slot: CredentialSlot | undefined) =>
    slot !== undefined && !sameJson(valueAt(before, slot.path), valueAt(after, slot.path));
  const readSecret = secretReader(caller.client);
  const errors: FieldProblem[] = [];
  const warnings: string[] = [];
  for (const slot of slots) {
    const key = keySlotFor(slot, slots);
    const material = storedMaterial(after, slot, live.identity);
    if (!material || !(isChanged(slot) || isChanged(key))) continue;
    if (!isCertificatePurpose(slot.purpose)) {
      const problem = 'text' in material ? materialProblem(slot.purpose, material.text) : null;
      if (problem !== null) errors.push({ path: textPath(slot), message: problem });
      continue;
    }
    const privateKey = key && storedMaterial(after, key, live.identity);
    const { findings } = await inspectCertificate(
      { purpose: slot.purpose, certificate: material, ...(privateKey ? { privateKey } : {}) },
      readSecret,
      getRuntime().clock.nowMs(),
    );
    for (const { severity, about, message } of findings) {
      const place = about === 'privateKey' && key ? key : slot;
      // An error in the unchanged half of a pair must not block a change of the other half.
      const isOfChanged = about === 'privateKey' || isChanged(slot);
      if (severity === 'error' && isOfChanged) errors.push({ path: textPath(place), message });
      else warnings.push(message);
    }
  }
  if (errors.length > 0) throw invalidFields(errors);
  return warnings;
}

function textPath(slot: CredentialSlot): string[] {
  return ['credentials', slot.id, 'text'];
}
