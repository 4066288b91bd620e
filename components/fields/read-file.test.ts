import { describe, expect, it } from 'vitest';
import { createInvalidMaterial } from '@/testing/plane/invalid-material';
import { KUBECONFIG_LIMIT_BYTES } from './kubeconfig-yaml';
import { decodeText, MATERIAL_LIMIT_BYTES, pasteProblem, readTextFile } from './read-file';

const BINARY =
  'ca.crt is a binary file. Choose a text file with PEM, which begins with -----BEGIN, or base64.';
const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 + text.length * 2));
  view.setUint16(0, 0xfeff, littleEndian);
  for (const [index, char] of [...text].entries())
    view.setUint16(2 + index * 2, char.charCodeAt(0), littleEndian);
  return new Uint8Array(view.buffer);
}

describe('the text of a file', () => {
  it('is decoded from UTF-8 without the byte order mark', () => {
    expect(decodeText(utf8('-----BEGIN CERTIFICATE-----'), 'ca.crt')).toEqual({
      text: '-----BEGIN CERTIFICATE-----',
    });
    expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8('abc')), 'ca.crt')).toEqual({ text: 'abc' });
  });

  it.each([true, false])(
    'is decoded from UTF-16, as PowerShell writes it (little endian: %s)',
    (littleEndian) => {
      expect(decodeText(utf16('-----BEGIN', littleEndian), 'ca.crt')).toEqual({ text: '-----BEGIN' });
    },
  );

  it.each([
    ['an empty file', [], 'ca.crt is empty.'],
    [
      'a DER certificate',
      [0x30, 0x82, 0x01, 0x0a, 0x30, 0x81, 0xf0],
      'ca.crt is in binary DER format. Convert it to PEM: openssl x509 -inform der -in FILE',
    ],
    [
      'a DER private key',
      [0x30, 0x82, 0x01, 0x0a, 0x02, 0x01, 0x00],
      'ca.crt is a private key in binary DER format. If this field needs a key, convert it to PEM: openssl pkey -inform der -in FILE',
    ],
    [
      'a PKCS#12 key store',
      [0x30, 0x82, 0x01, 0x0a, 0x02, 0x01, 0x03],
      'ca.crt is a PKCS#12 key store. Extract PEM from it: openssl pkcs12 -in FILE -nokeys for the certificates, -nocerts -nodes for the key.',
    ],
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff], BINARY],
    ['text with NUL bytes', [0x61, 0x00, 0x62], BINARY],
  ])("can't come from %s", (_what, bytes, problem) => {
    expect(decodeText(Uint8Array.from(bytes), 'ca.crt')).toEqual({ problem });
  });

  it("can't come from the DER form of a real certificate", async () => {
    const { der } = await createInvalidMaterial();
    expect(decodeText(der, 'ca.crt')).toEqual({
      problem: 'ca.crt is in binary DER format. Convert it to PEM: openssl x509 -inform der -in FILE',
    });
  });

  it('may begin with the digit zero, the first byte of DER', () => {
    expect(decodeText(utf8('0123'), 'token')).toEqual({ text: '0123' });
  });
});

describe('the size limit', () => {
  it('rejects a larger file without reading it', async () => {
    for (const [name, bytes, limit, problem] of [
      ['dump.bin', MATERIAL_LIMIT_BYTES + 1, MATERIAL_LIMIT_BYTES, '(257 KB). The limit is 256 KB.'],
      ['ca.crt', 300 * 1024, MATERIAL_LIMIT_BYTES, '(300 KB). The limit is 256 KB.'],
      ['config', 1100 * 1024, KUBECONFIG_LIMIT_BYTES, '(1100 KB). The limit is 1024 KB.'],
    ] as const) {
      const file = new File([new Uint8Array(bytes)], name);
      file.arrayBuffer = () => Promise.reject(new Error('It was read.'));
      expect(await readTextFile(file, limit)).toEqual({ problem: `${name} is too large ${problem}` });
    }
  });

  it('accepts a file of exactly that size', async () => {
    const file = new File(['a'.repeat(MATERIAL_LIMIT_BYTES)], 'ca.crt');
    expect(await readTextFile(file, MATERIAL_LIMIT_BYTES)).toHaveProperty('text');
  });

  it('rejects larger pasted text', () => {
    expect(pasteProblem('a'.repeat(300 * 1024), MATERIAL_LIMIT_BYTES)).toBe(
      'The pasted text is too large (300 KB). The limit is 256 KB.',
    );
  });

  it('counts the bytes of pasted text, not the characters', () => {
    expect(pasteProblem('a'.repeat(10), 10)).toBeNull();
    expect(pasteProblem('ä'.repeat(6), 10)).toContain('The pasted text is too large');
  });
});
