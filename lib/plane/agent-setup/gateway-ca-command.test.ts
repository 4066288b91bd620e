import { describe, expect, test } from 'vitest';
import { certificatesOnly, endpointCaCommand } from './gateway-ca-command';

test.each([
  ['wss://agents.example.com/ws', '-connect agents.example.com:443 -servername agents.example.com'],
  ['wss://agents.example.com:8443/ws', '-connect agents.example.com:8443 '],
  ['wss://[2001:db8::7]:8443/ws', "-connect '[2001:db8::7]:8443' -servername 2001:db8::7"],
  [null, "-connect '<gateway-host>:443'"],
])('endpointCaCommand checks the CA against %s', (url, part) => {
  const command = endpointCaCommand('ca.crt', url);
  expect(command).toContain(part);
  expect(command).toContain('-CAfile ca.crt -verify_return_error');
});

describe('certificatesOnly', () => {
  const body = 'QUJD'.repeat(20);
  const block = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`;

  test('keeps certificates in lines of 64 characters', () => {
    expect(certificatesOnly(`${block}\n`)).toBe(
      `-----BEGIN CERTIFICATE-----\n${body.slice(0, 64)}\n${body.slice(64)}\n-----END CERTIFICATE-----\n`,
    );
  });

  test('keeps every certificate of a bundle and drops the text between them', () => {
    const both = certificatesOnly(`subject=CN = x\n${block}\nCERTIFICATE\nrm -rf /\n${block}`);
    expect(both?.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(both).not.toContain('rm');
    expect(both?.split('\n')).not.toContain('CERTIFICATE');
  });

  test.each([
    ['an empty text', ''],
    ['a private key', block.replaceAll('CERTIFICATE', 'PRIVATE KEY')],
    ["a block that isn't base64", '-----BEGIN CERTIFICATE-----\n$(id)\n-----END CERTIFICATE-----'],
    ['an empty block', '-----BEGIN CERTIFICATE-----\n\n-----END CERTIFICATE-----'],
  ])('finds none in %s', (_name, text) => {
    expect(certificatesOnly(text)).toBeNull();
  });
});
