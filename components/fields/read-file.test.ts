import { describe, expect, it } from 'vitest';
import { decodeText, MATERIAL_LIMIT_BYTES, pasteProblem, readTextFile } from './read-file';

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
    ['a DER certificate', [0x30, 0x82, 0x01, 0x0a, 0x30, 0x81, 0xf0], 'ca.crt is in binary DER format.'],
    ['a DER private key', [0x30, 0x82, 0x01, 0x0a, 0x02, 0x01, 0x00], 'ca.crt is a private key'],
    ['a PKCS#12 key store', [0x30, 0x82, 0x01, 0x0a, 0x02, 0x01, 0x03], 'ca.crt is a PKCS#12 key store.'],
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'ca.crt is a binary file.'],
    ['text with NUL bytes', [0x61, 0x00, 0x62], 'ca.crt is a binary file.'],
  ])("can't come from %s", (_what, bytes, sentence) => {
    const read = decodeText(Uint8Array.from(bytes), 'ca.crt');
    expect('problem' in read && read.problem).toContain(sentence);
  });

  it('may begin with the digit zero, the first byte of DER', () => {
    expect(decodeText(utf8('0123'), 'token')).toEqual({ text: '0123' });
  });
});

describe('the size limit', () => {
  it('rejects a larger file without reading it', async () => {
    const file = new File([new Uint8Array(MATERIAL_LIMIT_BYTES + 1)], 'dump.bin');
    expect(await readTextFile(file, MATERIAL_LIMIT_BYTES)).toEqual({
      problem: 'dump.bin is too large (257 KB). The limit is 256 KB.',
    });
  });

  it('accepts a file of exactly that size', async () => {
    const file = new File(['a'.repeat(MATERIAL_LIMIT_BYTES)], 'ca.crt');
    expect(await readTextFile(file, MATERIAL_LIMIT_BYTES)).toHaveProperty('text');
  });

  it('counts the bytes of pasted text, not the characters', () => {
    expect(pasteProblem('a'.repeat(10), 10)).toBeNull();
    expect(pasteProblem('ä'.repeat(6), 10)).toContain('The pasted text is too large');
  });
});
