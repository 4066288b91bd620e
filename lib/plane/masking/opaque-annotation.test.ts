import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { hiddenText, isCopyOfResource, isOpaqueAnnotation } from './opaque-annotation';

const COPY = JSON.stringify({ apiVersion: 'v1', spec: { password: 'hunter2' } });
const DATA = JSON.stringify({ colour: 'blue' });
const base64 = (text: string) => Buffer.from(text).toString('base64');
const gzipped = (text: string) => gzipSync(text).toString('base64');

describe('isCopyOfResource', () => {
  test.each([
    'kubectl.kubernetes.io/last-applied-configuration',
    'banzaicloud.com/last-applied',
    'objectset.rio.cattle.io/applied',
    'kapp.k14s.io/original',
    'kapp.k14s.io/original-diff-md5',
  ])('recognises %s', (name) => {
    expect(isCopyOfResource(name)).toBe(true);
  });

  test.each(['objectset.rio.cattle.io/id', 'kapp.k14s.io/identity', 'acme.com/json'])('keeps %s', (name) => {
    expect(isCopyOfResource(name)).toBe(false);
  });
});

describe('isOpaqueAnnotation', () => {
  test.each([
    ['a long text', 'x'.repeat(1025)],
    ['a JSON object', DATA],
    ['a JSON list', '[1]'],
    ['JSON in base64', base64(DATA)],
    ['gzip in base64', gzipped('anything')],
    ['gzip of a copy in base64', gzipped(COPY)],
    ['a copy', COPY],
    ['a copy after blanks', `\n ${COPY}`],
    ['a copy in base64', base64(COPY)],
    ['a copy in base64url', Buffer.from(COPY).toString('base64url')],
    ['a list of copies', `[${COPY}]`],
    ['a copy after a byte order mark', `\ufeff${COPY}`],
    ['JSON that was cut', DATA.slice(0, -1)],
    ['several JSON documents', `${DATA}\n${DATA}`],
    ['a JSON text of JSON', JSON.stringify(DATA)],
    ['base64 of base64 of JSON', base64(base64(DATA))],
    ['base64 of base64 of gzip', base64(gzipped('anything'))],
    ['zstd in base64', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0]).toString('base64')],
  ])('hides %s of an unknown name', (_what, value) => {
    expect(isOpaqueAnnotation('acme.com/data', value)).toBe(true);
  });

  test.each([
    ['acme.com/note', 'Ask the network team.'],
    ['acme.com/curly', '{ not JSON'],
    ['acme.com/number', '12'],
    ['acme.com/word', 'main'],
    ['openchoreo.dev/description', 'x'.repeat(4000)],
    ['planeboard.openchoreo.dev/replacing', DATA],
  ])('shows %s', (name, value) => {
    expect(isOpaqueAnnotation(name, value)).toBe(false);
  });

  test("hides data of OpenChoreo's names that aren't known to be texts", () => {
    expect(isOpaqueAnnotation('openchoreo.dev/settings', DATA)).toBe(true);
    expect(isOpaqueAnnotation('openchoreo.dev/display-name', '{}')).toBe(false);
  });

  test('hides a huge value of any name', () => {
    expect(isOpaqueAnnotation('openchoreo.dev/description', 'x'.repeat(250_000))).toBe(true);
  });
});

test.each([
  [1, '1 byte, not shown'],
  [300, '300 bytes, not shown'],
  [12_345, '12 KB, not shown'],
])('describes %d bytes as %s', (bytes, text) => {
  expect(hiddenText(bytes)).toBe(text);
});
