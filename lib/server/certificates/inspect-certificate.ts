import 'server-only';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { InspectionAnswer, InspectionRequest, Material } from '@/lib/api/credentials';
import { otherContents } from '@/lib/plane/certificates/other-contents';
import type { ParsedCertificate } from '@/lib/plane/certificates/parse-certificate';
import { type ReadCertificate, readBundle } from '@/lib/plane/certificates/read-bundle';
import type { Bundle } from '@/lib/plane/certificates/split-bundle';
import {
  typedSentence,
  type UnreadableBlock,
  unreadableSentence,
} from '@/lib/plane/certificates/unreadable-block';
import type { CertificateDetail, CertificateFinding } from '@/lib/plane/credentials/certificate-detail';
import {
  correctMaterial,
  decodedPem,
  type MaterialCorrection,
} from '@/lib/plane/credentials/correct-material';
import type { CertificatePurpose } from '@/lib/plane/credentials/credential-slot';
import { judgeCertificates } from '@/lib/plane/credentials/judge-certificates';
import { materialProblem, recogniseMaterial } from '@/lib/plane/credentials/recognise-material';
import { type SecretReader, secretProblem } from '@/lib/server/kube/read-secret';
import { certificateDetail, openSslCertificate } from './certificate-detail';

/** Material that the plane holds itself. Like a Secret's, it's read as it is. */
interface StoredText {
  readonly stored: string;
}

/** A request, or one about material that the plane holds. */
interface InspectedMaterial extends Pick<InspectionRequest, 'purpose'> {
  readonly certificate: Material | StoredText;
  readonly privateKey?: Material | StoredText | undefined;
}

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
  { purpose, certificate, privateKey }: InspectedMaterial,
  readSecret: SecretReader,
  nowMs: number,
): Promise<InspectionAnswer> {
  const given = await textOf(certificate, 'certificate', readSecret);
  const key = privateKey ? await readKey(privateKey, readSecret) : { findings: [], key: null };
  if ('finding' in given) {
    return { encoding: null, certificates: [], findings: [given.finding, ...key.findings], keyMatches: null };
  }
  const read =
    'text' in certificate
      ? readTyped(purpose, given.text)
      : readStored(purpose, given.text, 'secret' in certificate);
  const keyMatches = read.first && key.key ? belongs(read.first, key.key) : null;
  const judged =
    read.certificates.length > 0 ? judgeCertificates(purpose, read.certificates, nowMs, keyMatches) : [];
  return {
    encoding: read.encoding,
    certificates: read.certificates,
    findings: [...read.findings, ...judged, ...key.findings],
    keyMatches,
    ...(read.unreadable.length > 0 ? { unreadable: [...read.unreadable] } : {}),
    ...(read.others && read.others.length > 0 ? { others: [...read.others] } : {}),
    ...(read.corrections.length > 0 ? { corrections: [...read.corrections] } : {}),
  };
}

interface ReadMaterial {
  readonly encoding: InspectionAnswer['encoding'];
  /** The first certificate; null if it can't be read. A key must match it, so it must not be skipped. */
  readonly first: ReadCertificate | null;
  readonly certificates: CertificateDetail[];
  readonly unreadable: readonly UnreadableBlock[];
  readonly corrections: readonly MaterialCorrection[];
  /** What else a stored text holds. */
  readonly others?: readonly string[];
  readonly findings: CertificateFinding[];
}

/** Reads typed material as it will be written: corrected. What can't be corrected is rejected. */
function readTyped(purpose: CertificatePurpose, text: string): ReadMaterial {
  const material = recogniseMaterial(text);
  if (material.form === 'private-key') {
    return nothingRead('This contains a private key. Enter only the certificate.');
  }
  if (material.form === 'empty') return nothingRead('No certificate found: the text is empty.');
  const corrected = correctMaterial(text);
  const bundle = readBundle(corrected.text);
  const blocks = bundle.unreadable.map((block) => error(typedSentence(block, bundle.count)));
  const problem = blocks.length > 0 ? null : materialProblem(purpose, text);
  if (problem !== null) return nothingRead(problem);
  const encoding = material.form === 'base64-pem' ? 'base64' : 'pem';
  return { ...readFrom(bundle), encoding, corrections: corrected.corrections, findings: blocks };
}

/** Reads stored material as it is, because that's how the gateway reads it. */
function readStored(purpose: CertificatePurpose, text: string, isSecret: boolean): ReadMaterial {
  if (text.length > MAX_MATERIAL_CHARACTERS) return nothingRead(materialProblem(purpose, text) ?? '');
  const bundle = readBundle(text);
  if (bundle.count === 0) {
    if (decodedPem(text) === null) return nothingRead(nothingStored(purpose, text));
    const problem = isSecret
      ? 'The certificate in the Secret is base64-encoded twice. Store the PEM text itself.'
      : 'The certificate is base64-encoded. Store the PEM text itself.';
    return { ...nothingRead(problem), unreadable: [ENCODED] };
  }
  // One that works is enough, but a client's own certificate must be the first.
  const isUsable =
    purpose === 'client-certificate' ? firstOf(bundle) !== null : bundle.certificates.length > 0;
  const findings = bundle.unreadable.map((block) => {
    const message = unreadableSentence(block, bundle.count);
    return isUsable ? warning(message) : error(message);
  });
  const hasKey = bundle.parts.some(({ kind }) => kind === 'private-key');
  if (hasKey && purpose !== 'client-certificate') findings.push(warning(KEY_BESIDE));
  return {
    ...readFrom(bundle),
    encoding: 'pem',
    corrections: [],
    findings,
    others: otherContents(text, bundle),
  };
}

/** More than any bundle. Larger texts aren't searched. */
const MAX_MATERIAL_CHARACTERS = 256 * 1024;

/** Base64 of PEM, which the gateway doesn't decode. */
const ENCODED: UnreadableBlock = {
  position: 1,
  label: '',
  line: 1,
  problem: "it's base64 of PEM, which isn't decoded",
};

const KEY_BESIDE = "A private key is stored beside the certificate. It isn't needed there, so remove it.";

function nothingStored(purpose: CertificatePurpose, text: string): string {
  if (text.trim() === '') return 'No certificate found: the text is empty.';
  return (
    materialProblem(purpose, text) ??
    'No certificate found. Store PEM text, which begins with -----BEGIN CERTIFICATE-----.'
  );
}

function readFrom(bundle: Bundle<ParsedCertificate>) {
  return {
    first: firstOf(bundle),
    certificates: bundle.certificates.map(certificateDetail),
    unreadable: bundle.unreadable.map(({ position, label, line, problem }) => ({
      position,
      label,
      line,
      problem,
    })),
  };
}

function firstOf({ certificates }: Bundle<ParsedCertificate>): ReadCertificate | null {
  const [first] = certificates;
  return first?.position === 1 ? first : null;
}

async function readKey(
  material: Material | StoredText,
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
    const pem = 'text' in material ? correctMaterial(given.text).text : given.text;
    return { key: createPrivateKey({ key: pem, format: 'pem' }), findings: [] };
  } catch {
    return rejected("The private key is damaged and can't be read.");
  }
}

/** @returns a finding when a Secret can't be read, which isn't fatal: it may be created later, or by others */
async function textOf(
  material: Material | StoredText,
  about: CertificateFinding['about'],
  readSecret: SecretReader,
): Promise<{ readonly text: string } | { readonly finding: CertificateFinding }> {
  if ('text' in material) return { text: material.text };
  if ('stored' in material) return { text: material.stored };
  const reading = await readSecret(material.secret);
  if (reading.state === 'read') return { text: reading.text };
  const message = secretProblem(material.secret, reading) ?? '';
  return { finding: { severity: reading.state === 'no-such-name' ? 'error' : 'warning', about, message } };
}

function belongs({ der }: ReadCertificate, key: KeyObject): boolean {
  try {
    return openSslCertificate(der)?.checkPrivateKey(key) ?? false;
  } catch {
    // The key is of another type.
    return false;
  }
}

function nothingRead(message: string): ReadMaterial {
  const findings = [error(message)];
  return { encoding: null, first: null, certificates: [], unreadable: [], corrections: [], findings };
}

function warning(message: string): CertificateFinding {
  return { severity: 'warning', about: 'certificate', message };
}

function error(message: string, about: CertificateFinding['about'] = 'certificate'): CertificateFinding {
  return { severity: 'error', about, message };
}
