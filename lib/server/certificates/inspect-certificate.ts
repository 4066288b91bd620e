import 'server-only';
import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import type { InspectionAnswer, InspectionRequest, Material } from '@/lib/api/credentials';
import type { CertificateDetail, CertificateFinding } from '@/lib/plane/credentials/certificate-detail';
import type { CertificatePurpose } from '@/lib/plane/credentials/credential-slot';
import { judgeCertificates } from '@/lib/plane/credentials/judge-certificates';
import { materialProblem, recogniseMaterial } from '@/lib/plane/credentials/recognise-material';
import { withoutIndent } from '@/lib/plane/credentials/written-material';
import { type SecretReader, secretProblem } from '@/lib/server/kube/read-secret';
import { certificateDetail } from './certificate-detail';
import { certificateBlocks, readCertificate } from './pem-certificates';

/**
 * Inspects a certificate and, if given, its private key: returns public facts and the findings for the purpose. The
 * answer contains nothing else of the material.
 *
 * A private key in the certificate's place is rejected without further inspection. A Secret that doesn't exist yet,
 * or that the caller may not read, is a warning.
 *
 * @param nowMs on the API server's clock
 * @throws KubeError when a Secret could not be requested
 */
export async function inspectCertificate(
  { purpose, certificate, privateKey }: InspectionRequest,
  readSecret: SecretReader,
  nowMs: number,
): Promise<InspectionAnswer> {
  const given = await textOf(certificate, 'certificate', readSecret);
  const key = privateKey ? await readKey(privateKey, readSecret) : { findings: [], key: null };
  if ('finding' in given) {
    return { encoding: null, certificates: [], findings: [given.finding, ...key.findings], keyMatches: null };
  }
  const read = readCertificates(purpose, given.text, 'secret' in certificate);
  const [first] = read.originals;
  const keyMatches = first && key.key ? belongs(first, key.key) : null;
  const judged =
    read.certificates.length > 0 ? judgeCertificates(purpose, read.certificates, nowMs, keyMatches) : [];
  return {
    encoding: read.encoding,
    certificates: read.certificates,
    findings: [...read.findings, ...judged, ...key.findings],
    keyMatches,
  };
}

interface ReadCertificates {
  readonly encoding: InspectionAnswer['encoding'];
  readonly originals: readonly X509Certificate[];
  readonly certificates: CertificateDetail[];
  readonly findings: CertificateFinding[];
}

function readCertificates(purpose: CertificatePurpose, text: string, fromSecret: boolean): ReadCertificates {
  const material = recogniseMaterial(text);
  if (material.form === 'private-key') {
    return nothingRead('This contains a private key. Enter only the certificate.');
  }
  if (material.form === 'empty') return nothingRead('No certificate found: the text is empty.');
  const problem = materialProblem(purpose, text);
  if (problem !== null) return nothingRead(problem);
  const isBase64 = material.form === 'base64-pem';
  const blocks = certificateBlocks(isBase64 ? material.pem : text);
  if (blocks.length === 0) return nothingRead('The certificate is incomplete: its last line is missing.');
  const originals = blocks.map(readCertificate);
  const details = originals.map((certificate) => certificate && certificateDetail(certificate));
  const findings = details.flatMap((detail, index) => (detail ? [] : [damaged(index, blocks.length)]));
  if (isBase64 && fromSecret) {
    findings.push(error('The certificate in the Secret is base64-encoded twice. Store the PEM text itself.'));
  }
  return {
    encoding: isBase64 ? 'base64' : 'pem',
    // A key must match the first certificate, so a damaged first one must not be skipped.
    originals: originals[0] && details[0] ? [originals[0]] : [],
    certificates: details.filter((detail): detail is CertificateDetail => detail !== null),
    findings,
  };
}

function damaged(index: number, count: number): CertificateFinding {
  return error(
    count === 1
      ? "The certificate is damaged and can't be read."
      : `Certificate ${index + 1} of ${count} is damaged and can't be read.`,
  );
}

async function readKey(
  material: Material,
  readSecret: SecretReader,
): Promise<{ readonly key: KeyObject | null; readonly findings: CertificateFinding[] }> {
  const given = await textOf(material, 'privateKey', readSecret);
  if ('finding' in given) return { key: null, findings: [given.finding] };
  const rejected = (message: string) => ({ key: null, findings: [error(message, 'privateKey' as const)] });
  const recognised = recogniseMaterial(given.text);
  if (recognised.form === 'empty') return { key: null, findings: [] };
  const problem = materialProblem('client-key', given.text);
  if (problem !== null) return rejected(problem);
  const isBase64 = recognised.form === 'private-key' && recognised.base64;
  if (isBase64 && 'secret' in material) {
    return rejected('The private key in the Secret is base64-encoded twice. Store the PEM text itself.');
  }
  try {
    const pem = isBase64 ? Buffer.from(given.text, 'base64').toString('utf8') : given.text;
    return { key: createPrivateKey({ key: pem, format: 'pem' }), findings: [] };
  } catch {
    return rejected("The private key is damaged and can't be read.");
  }
}

/** @returns a finding when a Secret can't be read, which isn't fatal: it may be created later, or by others */
async function textOf(
  material: Material,
  about: CertificateFinding['about'],
  readSecret: SecretReader,
): Promise<{ readonly text: string } | { readonly finding: CertificateFinding }> {
  // Typed text is judged as it will be written, and a Secret's text as stored, because Planeboard doesn't rewrite it.
  if ('text' in material) return { text: withoutIndent(material.text) };
  const reading = await readSecret(material.secret);
  if (reading.state === 'read') return { text: reading.text };
  const message = secretProblem(material.secret, reading) ?? '';
  return { finding: { severity: reading.state === 'no-such-name' ? 'error' : 'warning', about, message } };
}

function belongs(certificate: X509Certificate, key: KeyObject): boolean {
  try {
    return certificate.checkPrivateKey(key);
  } catch {
    // The key is of another type.
    return false;
  }
}

function nothingRead(message: string): ReadCertificates {
  return { encoding: null, originals: [], certificates: [], findings: [error(message)] };
}

function error(message: string, about: CertificateFinding['about'] = 'certificate'): CertificateFinding {
  return { severity: 'error', about, message };
}
