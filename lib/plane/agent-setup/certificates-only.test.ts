import { expect, test } from 'vitest';
import { certificatesOnly } from './certificates-only';

const body = 'QUJD'.repeat(20);
const block = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;

test('keeps certificates in lines of 64 characters', () => {
  expect(certificatesOnly(`${block}\n`)).toBe(
    `-----BEGIN CERTIFICATE-----\n${body.slice(0, 64)}\n${body.slice(64)}\n-----END CERTIFICATE-----\n`,
  );
});

test('keeps each certificate of a bundle, and nothing that stands between them', () => {
  const both = certificatesOnly(`subject=CN = x\n${block}\nCERTIFICATE\nrm -rf /\n${block}`);
  expect(both?.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  expect(both).not.toContain('rm');
  expect(both?.split('\n')).not.toContain('CERTIFICATE');
});

test.each([
  ['nothing', ''],
  ['a private key', block.replaceAll('CERTIFICATE', 'PRIVATE KEY')],
  ['a block that is no base64', '-----BEGIN CERTIFICATE-----\n$(id)\n-----END CERTIFICATE-----'],
  ['an empty block', '-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----'],
])('finds none in %s', (_name, text) => {
  expect(certificatesOnly(text)).toBeNull();
});
