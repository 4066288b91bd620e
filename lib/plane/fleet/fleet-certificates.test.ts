import { expect, test } from 'vitest';
import { deriveHealth } from '@/lib/plane/health/derive-health';
import type { CertificateFact, ParsedCa } from '@/lib/plane/health/health-facts';
import { DAY_MS } from '@/lib/plane/time/duration';
import { ago, aPlane, NOW_MS, someFacts } from '@/testing/plane/plane-fixture';
import { fleetFacets } from './fleet-facets';
import { filterEntries } from './fleet-filter';
import { sortEntries } from './fleet-sort';
import {
  CERTIFICATES_VIEW,
  DEFAULT_VIEW,
  type FleetEntry,
  type FleetView,
  showsCertificates,
  withoutFilters,
} from './fleet-view';

function entry(name: string, certificate: CertificateFact): FleetEntry {
  const facts = someFacts({ certificate });
  const plane = { ...aPlane({ name, uid: name }), facts };
  const health = deriveHealth(plane, facts, NOW_MS);
  return { plane, health, attention: health.state, seenSinceMs: null };
}

function ends(daysLeft: number, selfSignedLeaf = false): ParsedCa {
  const times = { notBefore: ago(100 * DAY_MS), notAfter: ago(-daysLeft * DAY_MS) };
  return { state: 'parsed', ...times, subject: 'CN=a', selfSignedLeaf, count: 1 };
}

const fleet = [
  entry('not-looked', { state: 'not-checked' }),
  entry('later', ends(300)),
  entry('gone', ends(-2)),
  entry('missing', { state: 'absent' }),
  entry('soon', ends(9)),
  entry('leaf', ends(80, true)),
];

test('sorts a bundle by its first end once that matters', () => {
  const earlier = [{ notBefore: ago(100 * DAY_MS), notAfter: ago(-3 * DAY_MS), selfSignedLeaf: true }];
  const bundle = { ...ends(300), count: 2, earlier };
  const sorted = sortEntries([...fleet, entry('half', bundle)], CERTIFICATES_VIEW.sort);
  expect(names(sorted).slice(0, 4)).toEqual(['missing', 'gone', 'half', 'soon']);
});
const names = (entries: readonly FleetEntry[]) => entries.map(({ plane }) => plane.name);

test('sorts certificates that need action first and unchecked ones last', () => {
  expect(names(sortEntries(fleet, CERTIFICATES_VIEW.sort))).toEqual([
    'missing',
    'gone',
    'soon',
    'leaf',
    'later',
    'not-looked',
  ]);
  expect(names(sortEntries(fleet, { by: 'certificate', descending: true })).at(-1)).toBe('not-looked');
});

test.each<[Partial<FleetView>, string[]]>([
  [{ certificates: ['expired'] }, ['gone']],
  [{ certificates: ['expired', 'expiring'] }, ['gone', 'soon']],
  [{ certificates: ['self-signed-leaf'] }, ['leaf']],
  [{ certificates: ['not-checked', 'unusable'] }, ['not-looked', 'missing']],
  [{ certificates: ['valid'] }, ['later', 'leaf']],
])('filters %o to %o', (filter, expected) => {
  const view = { ...DEFAULT_VIEW, ...filter };
  const { entries, counts } = filterEntries(fleet, view);
  expect(names(entries)).toEqual(expected);
  expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(expected.length);
  expect(withoutFilters(view)).toEqual(DEFAULT_VIEW);
});

test('offers each certificate state with its number of planes', () => {
  expect(fleetFacets(fleet).certificates).toEqual([
    { value: 'unusable', planes: 1 },
    { value: 'expired', planes: 1 },
    { value: 'expiring', planes: 1 },
    { value: 'self-signed-leaf', planes: 1 },
    { value: 'valid', planes: 2 },
    { value: 'not-checked', planes: 1 },
  ]);
});

test('shows the column when it is chosen, sorted or filtered by', () => {
  expect(showsCertificates(DEFAULT_VIEW)).toBe(false);
  expect(showsCertificates({ ...DEFAULT_VIEW, extras: ['certificate'] })).toBe(true);
  expect(showsCertificates({ ...DEFAULT_VIEW, certificates: ['expired'] })).toBe(true);
  expect(showsCertificates({ ...DEFAULT_VIEW, sort: { by: 'certificate', descending: true } })).toBe(true);
});
