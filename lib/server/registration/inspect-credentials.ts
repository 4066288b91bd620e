import 'server-only';
import type { InspectionAnswer, Material } from '@/lib/api/certificate-inspection';
import type { RegistrationWarning } from '@/lib/api/registration';
import type { Credential } from '@/lib/plane/credentials/credential';
import {
  CERTIFICATE_PURPOSES,
  type CertificatePurpose,
  type CredentialPurpose,
} from '@/lib/plane/credentials/credential-slot';
import { type ActiveSlot, activeSlots } from '@/lib/plane/credentials/credential-slots';
import type { Draft } from '@/lib/plane/registration/draft';
import { credentialOf } from '@/lib/plane/registration/new-draft';
import { isFilledIn } from '@/lib/plane/registration/spec-of-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { inspectCertificate } from '@/lib/server/certificates/inspect-certificate';
import { type SecretPlace, type SecretReader, secretProblem } from '@/lib/server/kube/secret-key';

interface FilledSlot {
  readonly slot: ActiveSlot;
  readonly credential: Credential;
}

export interface CredentialInspections {
  /** Of every certificate that the plane would have, by the slot's id. */
  readonly inspections: Readonly<Record<string, InspectionAnswer>>;
  /** Of keys, tokens and passwords in Secrets that are not there, or not visible. */
  readonly warnings: readonly RegistrationWarning[];
}

/** Looks at the credentials of a draft as the form did before, Secrets read as the caller. Throws a KubeError. */
export async function inspectCredentials(
  draft: Draft,
  kind: InstalledKind,
  readSecret: SecretReader,
  nowMs: number,
): Promise<CredentialInspections> {
  const filled = activeSlots(kind, draft)
    .map((slot) => ({ slot, credential: credentialOf(draft, slot, kind) }))
    .filter(({ slot, credential }) => isFilledIn(slot, credential));
  const inspections: Record<string, InspectionAnswer> = {};
  const warnings: RegistrationWarning[] = [];
  for (const { slot, credential } of filled) {
    const material = materialOf(credential, draft);
    if (!material) continue;
    if (isCertificatePurpose(slot.purpose)) {
      const privateKey = slot.purpose === 'client-certificate' ? keyBeside(slot, filled, draft) : undefined;
      const request = { purpose: slot.purpose, certificate: material, ...(privateKey ? { privateKey } : {}) };
      inspections[slot.id] = await inspectCertificate(request, readSecret, nowMs);
    } else if ('secret' in material) {
      const message = secretProblem(material.secret, await readSecret(material.secret));
      if (message !== null) warnings.push({ path: ['credentials', slot.id, 'name'], message });
    }
  }
  return { inspections, warnings };
}

/** Undefined for what is not filled in: that is said by the draft's check. */
function materialOf(credential: Credential, draft: Draft): Material | undefined {
  if (credential.source !== 'existing-secret')
    return credential.text.trim() === '' ? undefined : { text: credential.text };
  const secret: SecretPlace = {
    namespace: credential.namespace || draft.namespace,
    name: credential.name,
    key: credential.key,
  };
  return secret.namespace && secret.name && secret.key ? { secret } : undefined;
}

/** The key that stands in the same group of the spec as its certificate. */
function keyBeside(
  certificate: ActiveSlot,
  filled: readonly FilledSlot[],
  draft: Draft,
): Material | undefined {
  const group = groupOf(certificate);
  const key = filled.find(({ slot }) => slot.purpose === 'client-key' && groupOf(slot) === group);
  return key && materialOf(key.credential, draft);
}

function groupOf({ path }: ActiveSlot): string {
  return path.slice(0, -1).join('.');
}

function isCertificatePurpose(purpose: CredentialPurpose): purpose is CertificatePurpose {
  return CERTIFICATE_PURPOSES.some((one) => one === purpose);
}
