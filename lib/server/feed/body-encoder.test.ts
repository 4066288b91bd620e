import { crc32, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { bodyEncoder } from './body-encoder';
import { appendCrc, crcShift } from './gzip-crc';
import { SharedBytes } from './shared-bytes';

/** Returns a whole body of these pieces. */
async function bodyOf(encoding: 'identity' | 'gzip', pieces: readonly SharedBytes[]): Promise<Buffer> {
  const encoder = bodyEncoder(encoding);
  const parts = [encoder.begin()];
  for (const piece of pieces) parts.push(await encoder.encode(piece));
  parts.push(encoder.end());
  return Buffer.concat(parts.filter((part) => part !== null));
}

const TEXTS = ['retry: 1000\n\n', '', 'x', 'plane é 漢 '.repeat(20_000), 'data: {}\n\n'];

describe('a body of shared pieces', () => {
  test.each([['identity'], ['gzip']] as const)('holds all pieces in order: %s', async (encoding) => {
    const body = await bodyOf(
      encoding,
      TEXTS.map((text) => new SharedBytes(text)),
    );
    // gunzip verifies the checksum and the length of the whole.
    expect((encoding === 'gzip' ? gunzipSync(body) : body).toString()).toBe(TEXTS.join(''));
  });

  test('holds nothing if there are no pieces', async () => {
    expect(gunzipSync(await bodyOf('gzip', [])).toString()).toBe('');
  });

  test('compresses each piece once for all bodies, whatever was before it', async () => {
    const [small, large] = [new SharedBytes('small'), new SharedBytes('large'.repeat(100_000))];
    const [first, second] = [bodyEncoder('gzip'), bodyEncoder('gzip')];
    const [one, two] = await Promise.all([first.encode(large), second.encode(large)]);
    expect(one).toBe(two);
    expect(await first.encode(small)).toBe(await second.encode(small));
    expect(await bodyEncoder('gzip').encode(large)).toBe(one);
    expect(one.byteLength).toBeLessThan(large.byteLength / 100);
  });

  test('sends plain bytes without a copy', async () => {
    const piece = new SharedBytes('plain');
    expect(await bodyEncoder('identity').encode(piece)).toBe(piece.plain);
    expect(Buffer.isBuffer(piece.plain)).toBe(true);
  });
});

test.each([[0], [1], [7], [255], [65_537], [1_000_000]])(
  'the checksum of a text with %i bytes appended is that of the whole',
  (byteLength) => {
    const [before, after] = [Buffer.from('before'), Buffer.alloc(byteLength, 'after')];
    const piece = { crc: crc32(after), crcShift: crcShift(byteLength) };
    expect(appendCrc(crc32(before), piece)).toBe(crc32(Buffer.concat([before, after])));
  },
);
