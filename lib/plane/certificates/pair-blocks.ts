import { CertificateError } from './der-reader';
import { type ParsedCertificate, parseCertificate } from './parse-certificate';
import { pemBlocks } from './pem-blocks';
import { certificateProblem } from './unreadable-block';

/** A client's own certificate, or the end of a sentence about why Go can't read it. */
export type ClientCertificate =
  | { readonly parsed: ParsedCertificate; readonly der: Uint8Array }
  | { readonly problem: string };

/**
 * Reads a client certificate as the control plane's client does (`tls.X509KeyPair` of Go): the first CERTIFICATE block
 * is the client's own, and the chain behind it isn't parsed. Unlike in a CA, no block is skipped because it's damaged.
 */
export function readClientCertificate(text: string): ClientCertificate {
  const blocks = pemBlocks(text);
  const [own] = blocks.filter(({ label }) => label === 'CERTIFICATE');
  if (!own) {
    const hasKey = blocks.some(({ label }) => isKeyLabel(label));
    return { problem: hasKey ? "it's a private key." : 'it contains no PEM certificate.' };
  }
  try {
    return { parsed: parseCertificate(own.bytes), der: own.bytes };
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    return { problem: `${certificateProblem(error.message)}.` };
  }
}

/** A private key's DER, or the end of a sentence about why there is none. */
export type KeyBlock = { readonly der: Uint8Array } | { readonly problem: string };

/** Finds a private key as the control plane's client does: in the first block whose label says that it's one. */
export function findPrivateKey(text: string): KeyBlock {
  const blocks = pemBlocks(text);
  const key = blocks.find(({ label }) => isKeyLabel(label));
  if (!key) {
    const hasCertificate = blocks.some(({ label }) => label === 'CERTIFICATE');
    return { problem: hasCertificate ? "it's a certificate." : 'it contains no PEM private key.' };
  }
  const isEncrypted = key.label === 'ENCRYPTED PRIVATE KEY' || key.hasHeaders;
  return isEncrypted
    ? { problem: "it's encrypted, which the control plane can't read." }
    : { der: key.bytes };
}

function isKeyLabel(label: string): boolean {
  return label === 'PRIVATE KEY' || label.endsWith(' PRIVATE KEY');
}
