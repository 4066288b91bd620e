import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { MASK } from '@/lib/plane/masking/mask';
import { hiddenAnnotationText } from './read-annotation';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const gzipped = (text: string) => gzipSync(text).toString('base64');
const RESOURCE = {
  spec: { auth: { password: 'hunter2', value: 'hunter2' }, size: 3 },
  metadata: { annotations: { copy: base64(JSON.stringify({ secret: 'hunter2' })) } },
};

test.each([
  ['JSON', JSON.stringify(RESOURCE)],
  ['JSON in base64', base64(JSON.stringify(RESOURCE))],
  ['compressed JSON', gzipped(JSON.stringify(RESOURCE))],
])('shows %s with every secret masked, also in encoded parts', (_what, value) => {
  const text = hiddenAnnotationText(value);
  expect(JSON.parse(text)).toEqual({
    spec: { auth: { password: MASK, value: MASK }, size: 3 },
    metadata: { annotations: { copy: MASK } },
  });
});

test.each([
  ['JSON that was cut', JSON.stringify(RESOURCE).slice(0, -1)],
  ['data that is compressed twice', gzipped(gzipped('hunter2'))],
])('masks %s as a whole', (_what, value) => {
  expect(hiddenAnnotationText(value)).toBe(MASK);
});

test('masks a long text with a secret as a whole', () => {
  expect(hiddenAnnotationText(`${'x '.repeat(1000)} https://me:pw@host/`)).toBe(MASK);
  expect(hiddenAnnotationText('x'.repeat(2000))).toBe('x'.repeat(2000));
});

test.each([
  ['data that decompresses to more than 1 MB', gzipped('x'.repeat(3_000_000))],
  ['broken gzip', Buffer.from([0x1f, 0x8b, 1, 2, 3, 4]).toString('base64')],
])('shows nothing of %s', (_what, value) => {
  expect(hiddenAnnotationText(value)).toMatch(/^Compressed data/);
});

test('masks what is nested too deeply to be read', () => {
  const deep = `${'['.repeat(60_000)}${']'.repeat(60_000)}`;
  const text = hiddenAnnotationText(deep);
  expect(text).toContain(MASK);
  expect(text.length).toBeLessThan(50_000);
});
