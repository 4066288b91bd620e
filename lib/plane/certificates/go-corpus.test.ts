import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type CorpusBlock, certificateCorpus } from '@/testing/certificates/corpus';
import { CertificateError } from './der-reader';
import { parseCertificate } from './parse-certificate';
import { type PemBlock, pemBlocks } from './pem-blocks';
import { readBundle } from './read-bundle';

const CORPUS = certificateCorpus();

test('the corpus has many texts, and Go accepts some and rejects others', () => {
  const blocks = CORPUS.flatMap((text) => text.blocks);
  expect(CORPUS.length).toBeGreaterThan(150);
  expect(blocks.filter(({ sha256 }) => sha256 !== undefined).length).toBeGreaterThan(60);
  expect(new Set(blocks.flatMap(({ error = [] }) => error)).size).toBeGreaterThan(40);
});

test.each(CORPUS)('reads the same blocks as Go, with the same reasons: $name', ({ text, blocks }) => {
  expect(pemBlocks(text).map(verdictOn)).toEqual(blocks.map(comparable));
});

test.each(CORPUS)('counts what Go accepts once, and loses no part of the text: $name', ({ text, blocks }) => {
  const bundle = readBundle(text);
  const accepted = blocks.filter(({ sha256, headers }) => sha256 !== undefined && !headers);
  expect(bundle.certificates.map(({ der }) => digest(der))).toEqual([
    ...new Set(accepted.map(({ sha256 }) => sha256)),
  ]);
  expect(bundle.parts.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text);
  const rejected = blocks.filter(({ error, headers }) => error !== undefined || headers);
  expect(bundle.unreadable.length).toBeGreaterThanOrEqual(rejected.length);
});

function verdictOn({ label, hasHeaders, bytes }: PemBlock): CorpusBlock {
  const block = { label, ...(hasHeaders ? { headers: true } : {}) };
  if (label !== 'CERTIFICATE') return block;
  try {
    const parsed = parseCertificate(bytes);
    return {
      ...block,
      sha256: digest(bytes),
      version: parsed.version,
      notBefore: parsed.notBeforeMs,
      notAfter: parsed.notAfterMs,
      isCa: parsed.isCa === true,
      selfIssued: parsed.selfIssued,
      unhandledCritical: parsed.unhandledCritical.length,
    };
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    return { ...block, error: error.message };
  }
}

function digest(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}

/** Go leaves out zeros, and its reasons can repeat the text that it rejects. */
function comparable(block: CorpusBlock): CorpusBlock {
  if (block.error !== undefined) return { ...block, error: reasonClass(block.error) };
  if (block.sha256 === undefined) return block;
  return { isCa: false, selfIssued: false, unhandledCritical: 0, ...block };
}

const CLASSES = [
  'cannot parse URI',
  'failed to parse dnsName constraint',
  'failed to parse rfc822Name constraint',
  'failed to parse URI constraint',
  'IP constraint contained invalid mask',
  'certificate contains duplicate extension',
];

function reasonClass(error: string): string {
  // Reasons of other packages than x509 are all about elliptic curves.
  if (!error.startsWith('x509: ')) return 'invalid ECDSA public key';
  const reason = error.slice('x509: '.length).replace(/(unsupported string type).*/, '$1');
  return CLASSES.find((one) => reason.startsWith(one)) ?? reason;
}
