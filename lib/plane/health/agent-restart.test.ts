import { expect, test } from 'vitest';
import { DAY_MS } from '@/lib/plane/time/duration';
import { ago, NOW_MS } from '@/testing/plane/plane-fixture';
import { coverStep, restartStep } from './agent-restart';
import { parsedCa } from './ca-bundle';

/** A validity, in days from now. */
type Span = readonly [fromDays: number, toDays: number];

function bundle(spans: readonly Span[]) {
  const ca = parsedCa(
    spans.map(([from, to], index) => ({
      subject: `CN=${index}`,
      notBefore: ago(-from * DAY_MS),
      notAfter: ago(-to * DAY_MS),
      selfSignedLeaf: false,
      obstacle: null,
    })),
  );
  if (ca === null) throw new Error('The bundle is empty.');
  return ca;
}

const WAIT =
  'Wait until 2026-03-18 12:00:00 UTC, when the last of the registered certificates becomes valid. Restart.';
const LEFT = 'Before 2026-03-15 12:00:00 UTC, when a registered certificate expires,';
const UNTIL = 'a certificate that is valid from now until at least';

test.each<[string, readonly Span[], string]>([
  [
    'all certificates are valid',
    [
      [-9, 5],
      [-1, 100],
    ],
    'Restart.',
  ],
  [
    'another one has expired',
    [
      [-9, -1],
      [-1, 100],
    ],
    'Restart.',
  ],
  [
    "one isn't valid yet",
    [
      [-9, 100],
      [8, 300],
    ],
    WAIT,
  ],
  [
    "one isn't valid yet, and another one has expired",
    [
      [-9, -1],
      [-1, 100],
      [8, 300],
    ],
    WAIT,
  ],
  [
    'one expires when the last one becomes valid',
    [
      [-9, 8],
      [-1, 100],
      [8, 300],
    ],
    WAIT,
  ],
  [
    'one expires before the last one becomes valid',
    [
      [-9, 5],
      [-1, 100],
      [8, 300],
    ],
    `${LEFT} restart the agent if its Secret has ${UNTIL} 2026-03-18 12:00:00 UTC.`,
  ],
  [
    'one expires during a chain',
    [
      [-9, 5],
      [4, 9],
      [8, 300],
    ],
    `${LEFT} add ${UNTIL} 2026-03-18 12:00:00 UTC.`,
  ],
  [
    'one expires before a gap',
    [
      [-9, 5],
      [8, 300],
      [20, 400],
    ],
    `${LEFT} add ${UNTIL} 2026-03-18 12:00:00 UTC.`,
  ],
])('a restart of the agent never waits past an expiry: %s', (_, spans, text) => {
  expect(restartStep(bundle(spans), NOW_MS, 'Restart.').text.slice(0, text.length)).toBe(text);
});

test.each<[string, readonly Span[], string | null]>([
  [
    'no certificate is valid yet',
    [[8, 300]],
    `Add ${UNTIL} 2026-03-18 12:00:00 UTC. Restart the agent only once`,
  ],
  [
    'one is valid until the next one',
    [
      [-9, 100],
      [8, 300],
    ],
    null,
  ],
  [
    'all are valid',
    [
      [-9, 5],
      [-1, 100],
    ],
    null,
  ],
  [
    'one expires first',
    [
      [-9, 5],
      [8, 300],
    ],
    `${LEFT} add ${UNTIL} 2026-03-18 12:00:00 UTC. Restart the agent only once`,
  ],
])('the time until a certificate becomes valid is covered if %s', (_, spans, text) => {
  expect(coverStep(bundle(spans), NOW_MS)?.slice(0, text?.length) ?? null).toBe(text);
});
