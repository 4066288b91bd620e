import 'server-only';
import type { InspectionAnswer, Material } from '@/lib/api/credentials';
import { type CredentialSlot, isCertificatePurpose } from '@/lib/plane/credentials/credential-slot';
import { inspectCertificate } from '@/lib/server/certificates/inspect-certificate';
import { type FieldProblem, invalidFields } from '@/lib/server/http/problem';
import { type SecretReader, secretProblem, secretReader } from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/** New material for a slot, or the existing Secret's key that the plane will refer to. */
export interface NewMaterial {
  readonly slot: CredentialSlot;
  readonly material: Material;
  /** The place in the request, for problems. */
  readonly path: readonly string[];
}

export interface CheckedMaterial {
  readonly warnings: string[];
  readonly certificates: InspectionAnswer['certificates'];
}

/**
 * Checks new material as the registration does: a certificate for its purpose, and a client certificate and its key
 * against each other.
 *
 * @param other the matching key or certificate, new or stored
 * @throws ProblemError `invalid-field`; KubeError
 */
export async function checkMaterial(
  caller: Caller,
  { slot, material, path }: NewMaterial,
  other: (Pick<NewMaterial, 'material'> & { readonly path?: readonly string[] }) | null,
): Promise<CheckedMaterial> {
  const readSecret = secretReader(caller);
  const nowMs = getRuntime().clock.nowMs();
  if (isCertificatePurpose(slot.purpose)) {
    const { findings, certificates } = await inspectCertificate(
      {
        purpose: slot.purpose,
        certificate: material,
        ...(other ? { privateKey: other.material } : {}),
      },
      readSecret,
      nowMs,
    );
    const errors = findings
      .filter(({ severity }) => severity === 'error')
      .map(({ about, message }) =>
        about === 'certificate'
          ? { path, message }
          : { path: other?.path ?? path, message: other?.path ? message : withKeyHint(message) },
      );
    refuse(errors);
    return { warnings: sentences(findings, 'warning'), certificates };
  }
  if (slot.purpose === 'client-key' && other) {
    const { findings } = await inspectCertificate(
      { purpose: 'client-certificate', certificate: other.material, privateKey: material },
      readSecret,
      nowMs,
    );
    const ofKey = findings.filter(({ about }) => about === 'privateKey');
    refuse(ofKey.filter(({ severity }) => severity === 'error').map(({ message }) => ({ path, message })));
    return { warnings: sentences(ofKey, 'warning'), certificates: [] };
  }
  return { warnings: await missing(material, readSecret), certificates: [] };
}

/** Checks only that a key, token or password exists in its Secret. */
async function missing(material: Material, readSecret: SecretReader): Promise<string[]> {
  if (!('secret' in material)) return [];
  const problem = secretProblem(material.secret, await readSecret(material.secret));
  return problem === null ? [] : [problem];
}

function withKeyHint(message: string): string {
  return `${message} Replace the private key together with the certificate.`;
}

function sentences(findings: InspectionAnswer['findings'], severity: 'warning'): string[] {
  return findings.filter((finding) => finding.severity === severity).map(({ message }) => message);
}

function refuse(errors: readonly FieldProblem[]): void {
  if (errors.length > 0) throw invalidFields(errors);
}
