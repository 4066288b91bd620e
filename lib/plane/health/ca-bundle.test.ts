import { expect, test } from 'vitest';
import { DAY_MS } from '@/lib/plane/time/duration';
import { ago, NOW_MS } from '@/testing/plane/plane-fixture';
import { parsedCa, type ReadBundled, validSpans, validUntil } from './ca-bundle';

const OBSTACLE = 'It has a critical extension.';

function certificate(subject: string, endsInDays: number, obstacle: string | null = null): ReadBundled {
  return {
    subject,
    notBefore: ago(900 * DAY_MS),
    notAfter: ago(-endsInDays * DAY_MS),
    selfSignedLeaf: false,
    obstacle,
  };
}

test('takes the dates of a bundle from the certificates that can be used, and names the others', () => {
  expect(parsedCa([certificate('CN=old', -3), certificate('CN=new', 300, OBSTACLE)], ['Damaged.'])).toEqual({
    state: 'parsed',
    notBefore: ago(900 * DAY_MS),
    notAfter: ago(3 * DAY_MS),
    subject: 'CN=old',
    selfSignedLeaf: false,
    count: 1,
    unreadable: { count: 2, sentences: [`CN=new can't be used. ${OBSTACLE}`, 'Damaged.'] },
  });
});

test('keeps a certificate that is valid, however many have expired', () => {
  const expired = Array.from({ length: 30 }, (_, index) => certificate(`CN=old-${index}`, index - 40));
  const next = { ...certificate('CN=next', 400), notBefore: ago(-100 * DAY_MS) };
  const ca = parsedCa([next, certificate('CN=valid', 50), ...expired]);
  expect(ca?.earlier).toHaveLength(20);
  expect(ca && validUntil(ca, NOW_MS)).toBe(NOW_MS + 50 * DAY_MS);
});

test.each([
  [
    'overlap',
    [
      [5, 9],
      [0, 6],
    ],
    [[0, 9]],
  ],
  [
    'are contained',
    [
      [0, 9],
      [2, 3],
      [2, 3],
    ],
    [[0, 9]],
  ],
  [
    'follow within a second',
    [
      [0, 5],
      [5 + 1 / 86_400, 9],
    ],
    [[0, 9]],
  ],
  [
    'leave a gap of minutes',
    [
      [5.01, 9],
      [0, 5],
    ],
    [
      [0, 5],
      [5.01, 9],
    ],
  ],
  ['never were valid', [[5, 4]], []],
] as const)('joins the validity of certificates that %s', (_, certificates, expected) => {
  const spans = validSpans(
    certificates.map(([from, to]) => ({ notBefore: ago(-from * DAY_MS), notAfter: ago(-to * DAY_MS) })),
  );
  const days = (ms: number) => Math.round(((ms - NOW_MS) / DAY_MS) * 100) / 100;
  expect(spans.map(({ beginMs, endMs }) => [days(beginMs), days(endMs)])).toEqual(expected);
});

test('counts all certificates of a bundle if none can be used', () => {
  const fact = parsedCa([certificate('CN=a', 3, OBSTACLE), certificate('CN=b', 300, OBSTACLE)]);
  expect(fact).toMatchObject({ subject: 'CN=b', count: 2, obstacle: OBSTACLE });
  expect(fact).not.toHaveProperty('unreadable');
  expect(parsedCa([])).toBeNull();
});
