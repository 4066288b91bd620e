import 'server-only';
import type { Material } from '@/lib/api/credentials';
import { typedSentence } from '@/lib/plane/certificates/unreadable-block';
import { caCheckOf, rejectedAgentText } from '@/lib/plane/credentials/ca-check';
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
import { pemText } from '@/lib/server/certificates/pem-certificates';
import { type FieldProblem, invalidFields } from '@/lib/server/http/problem';
import { type SecretReader, secretReader } from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { type LivePlane, parsedPlane, specOfObject } from './live-plane';

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
  const readSecret = secretReader(caller);
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
    const misplaced = 'text' in material ? materialProblem(slot.purpose, material.text) : null;
    if (misplaced !== null && isChanged(slot)) {
      errors.push({ path: textPath(slot), message: misplaced });
      continue;
    }
    // An edit is written as it is, so nothing is corrected.
    const certificate = asStored(slot, material);
    const {
      findings,
      certificates,
      unreadable = [],
    } = await inspectCertificate(
      {
        purpose: slot.purpose,
        certificate,
        ...(key && privateKey ? { privateKey: asStored(key, privateKey) } : {}),
      },
      readSecret,
      getRuntime().clock.nowMs(),
    );
    if ('text' in material && isChanged(slot) && unreadable.length > 0) {
      const count = certificates.length + unreadable.length;
      const path = textPath(slot);
      errors.push(...unreadable.map((block) => ({ path, message: typedSentence(block, count) })));
      continue;
    }
    const old = slot.purpose === 'agent-ca' ? storedMaterial(before, slot, live.identity) : null;
    const kept = certificates.map(({ fingerprint }) => fingerprint);
    if (old && (await dropsCertificates(slot, old, kept, readSecret))) {
      const stored = 'text' in old || 'text' in material ? 'inline' : 'secret';
      warnings.push(rejectedAgentText(caCheckOf(live.kind.entry.kind, stored), parsedPlane(live)));
    }
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

/** Returns whether an agent's old CA contains certificates that the new one lacks, as far as they can be read. */
async function dropsCertificates(
  slot: CredentialSlot,
  old: Material,
  kept: readonly string[],
  readSecret: SecretReader,
): Promise<boolean> {
  const request = { purpose: 'agent-ca', certificate: asStored(slot, old) } as const;
  const { certificates } = await inspectCertificate(request, readSecret, getRuntime().clock.nowMs());
  return certificates.some(({ fingerprint }) => !kept.includes(fingerprint));
}

/** Inline material as it will be stored. Fields of the oldest release hold base64 of PEM. */
function asStored({ form }: CredentialSlot, material: Material) {
  if (!('text' in material)) return material;
  return { stored: form === 'base64' ? pemText(material.text) : material.text };
}

function textPath(slot: CredentialSlot): string[] {
  return ['credentials', slot.id, 'text'];
}
