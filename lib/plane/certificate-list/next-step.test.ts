import { expect, test } from 'vitest';
import { type CertificateFact, DEFAULT_LIMITS, type ParsedCa } from '@/lib/plane/health/health-facts';
import { DAY_MS } from '@/lib/plane/time/duration';
import { nextStep } from './next-step';

const NOW_MS = Date.parse('2026-03-10T12:00:00Z');
const at = (days: number) => new Date(NOW_MS + days * DAY_MS).toISOString();

/** A CA that is valid from and to a number of days from now. */
function ca(fromDays: number, toDays: number, further: Partial<ParsedCa> = {}): ParsedCa {
  return {
    state: 'parsed',
    notBefore: at(fromDays),
    notAfter: at(toDays),
    subject: 'CN=ca',
    selfSignedLeaf: false,
    count: 1,
    ...further,
  };
}

const leaf = (fromDays: number, toDays: number) => ca(fromDays, toDays, { selfSignedLeaf: true });
const older = (fromDays: number, toDays: number) => ({
  earlier: [{ notBefore: at(fromDays), notAfter: at(toDays), selfSignedLeaf: false }],
  count: 2,
});

test.each<[string, CertificateFact, string, string]>([
  ['one that was not read', { state: 'not-checked' }, 'unchecked', "can't read the Secret"],
  ['none', { state: 'absent' }, 'fix', 'None exists.'],
  ['a Secret that is missing', { state: 'secret-missing', secret: 'a/b' }, 'fix', "a/b doesn't exist"],
  ['a key that is missing', { state: 'key-missing', secret: 'a/b', key: 'c' }, 'fix', 'no key c'],
  ['text that is no certificate', { state: 'unparsable', problem: "it's empty." }, 'fix', "it's empty."],
  ['an obstacle', ca(-1, 400, { obstacle: "It isn't a CA." }), 'fix', "It isn't a CA."],
  ['an expired one', ca(-400, -3), 'fix', 'It expired 3 days ago.'],
  ['one that is not valid yet', ca(2, 400), 'fix', "It's valid in 2 days."],
  ['one that ends within the days of warning', ca(-300, 10), 'replace', 'It ends in 10 days.'],
  ['one of two that expired', ca(-10, 400, older(-400, -3)), 'replace', '1 of 2 expired.'],
  ['one of two that ends soon', ca(-10, 400, older(-400, 5)), 'replace', 'One of 2 ends in 5 days.'],
  [
    'one of two that cannot be used',
    ca(-10, 400, { unreadable: { count: 1, sentences: ['x'] } }),
    'replace',
    "1 of 2 can't be used.",
  ],
  ['a leaf whose renewal is due', leaf(-80, 10), 'replace', 'probably renewed it by now'],
  ['a leaf whose renewal is near', leaf(-50, 40), 'upcoming', 'renews it in about 25 days'],
  ['one that ends in 60 days', ca(-300, 60), 'upcoming', 'It ends in 60 days.'],
  ['one that ends in two years', ca(-10, 730), 'none', 'It ends in 730 days.'],
])('%s', (_, fact, group, state) => {
  const step = nextStep({}, fact, DEFAULT_LIMITS, NOW_MS);
  expect(step.group).toBe(group);
  expect(step.state).toContain(state);
  expect(step.action === '').toBe(group === 'none');
});

test('where the charts are not known, no renewal is promised', () => {
  expect(nextStep({ chartsUnknown: true }, leaf(-50, 40), DEFAULT_LIMITS, NOW_MS)).toMatchObject({
    group: 'upcoming',
    state: 'It ends in 40 days.',
  });
});
