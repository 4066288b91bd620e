import { describe, expect, test } from 'vitest';
import { HOUR_MS } from '@/lib/plane/time/duration';
import { NOW_MS } from '@/testing/plane/plane-fixture';
import {
  draftEndMs,
  draftedMaintenance,
  draftProblems,
  localTimeText,
  type MaintenanceDraft,
  newMaintenanceDraft,
  timeZoneText,
} from './maintenance-draft';

const draft = (changes: Partial<MaintenanceDraft> = {}): MaintenanceDraft => ({
  ends: '1h',
  exact: '',
  reason: '',
  ...changes,
});

describe('the end of a draft', () => {
  test.each([
    ['1h', HOUR_MS],
    ['4h', 4 * HOUR_MS],
    ['1w', 168 * HOUR_MS],
  ] as const)('is %s from now, rounded up to whole minutes', (ends, spanMs) => {
    expect(draftEndMs(draft({ ends }), NOW_MS)).toBe(NOW_MS + spanMs);
    expect(draftEndMs(draft({ ends }), NOW_MS + 1)).toBe(NOW_MS + spanMs + 60_000);
  });

  test('is tomorrow at eight in the browser’s time zone', () => {
    const end = new Date(draftEndMs(draft({ ends: 'tomorrow' }), NOW_MS) ?? 0);
    expect([end.getHours(), end.getMinutes(), end.getSeconds()]).toEqual([8, 0, 0]);
    expect(end.getTime() - NOW_MS).toBeGreaterThan(0);
    expect(end.getTime() - NOW_MS).toBeLessThanOrEqual(32 * HOUR_MS);
  });

  test('is a typed date and time in the browser’s time zone', () => {
    const exact = '2026-03-11T06:30';
    expect(draftEndMs(draft({ ends: 'exact', exact }), NOW_MS)).toBe(new Date(2026, 2, 11, 6, 30).getTime());
  });

  test.each([
    '',
    'tomorrow',
    '2026-03-11',
    '2026-03-11T06:30Z',
    '2026-13-45T99:00',
    '2027-02-30T06:30',
    '2026-03-11T24:00',
  ])('is missing, with a problem at its field, when %j is typed', (exact) => {
    const typed = draft({ ends: 'exact', exact });
    expect(draftEndMs(typed, NOW_MS)).toBeNull();
    expect(draftProblems(typed, NOW_MS)).toEqual({ until: 'Enter an end date and time.' });
  });
});

describe('a new draft', () => {
  test('ends in an hour, which is also the initial date and time', () => {
    const fresh = newMaintenanceDraft(null, NOW_MS);
    expect(fresh).toMatchObject({ ends: '1h', reason: '' });
    expect(draftEndMs({ ...fresh, ends: 'exact' }, NOW_MS)).toBe(NOW_MS + HOUR_MS);
  });

  test.each(['2026-03-10T14:00:00.000Z', '2026-03-10T14:00:07.000Z'])(
    'keeps the active maintenance to the second (%s)',
    (until) => {
      const current = { until, reason: 'New switches' };
      expect(draftedMaintenance(newMaintenanceDraft(current, NOW_MS), NOW_MS)).toEqual(current);
    },
  );
});

describe('the problems of a draft', () => {
  test('are empty for the offered durations', () => {
    for (const ends of ['1h', '4h', 'tomorrow', '1w'] as const)
      expect(draftProblems(draft({ ends, reason: 'x' }), NOW_MS)).toEqual({});
  });

  test('name the field of a past end, an end too far ahead or a reason that is too long', () => {
    const past = draft({ ends: 'exact', exact: '2020-01-01T00:00', reason: 'x'.repeat(201) });
    expect(draftProblems(past, NOW_MS)).toEqual({
      until: expect.stringContaining('future') as string,
      reason: expect.stringContaining('200 characters') as string,
    });
    const far = draft({ ends: 'exact', exact: '2027-01-01T00:00' });
    expect(draftProblems(far, NOW_MS).until).toContain('90 days');
  });
});

test('formats a time and its time zone', () => {
  expect(localTimeText(new Date(2026, 2, 10, 9, 5).getTime())).toMatch(/^Tue,? 10 Mar 2026,? 09:05$/);
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  expect(timeZoneText(NOW_MS).startsWith(timeZone)).toBe(true);
});
