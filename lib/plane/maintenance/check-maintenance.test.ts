import { describe, expect, test } from 'vitest';
import { MASK } from '@/lib/plane/masking/mask';
import {
  MAINTENANCE_REASON_ANNOTATION as REASON,
  readMaintenance,
  MAINTENANCE_UNTIL_ANNOTATION as UNTIL,
} from '@/lib/plane/model/maintenance';
import { DAY_MS, HOUR_MS } from '@/lib/plane/time/duration';
import { ago, NOW_MS } from '@/testing/plane/plane-fixture';
import { checkMaintenance, maintenanceAnnotations } from './check-maintenance';

const messages = (until: string, reason?: string) =>
  checkMaintenance({ until, ...(reason === undefined ? {} : { reason }) }, NOW_MS).map(
    ({ field, message }) => `${field}: ${message}`,
  );

describe('accepts a maintenance', () => {
  test.each([
    ['for a second', ago(-1000)],
    ['for 90 days', ago(-90 * DAY_MS)],
    ['in another zone', '2026-03-10T14:00:00+01:00'],
  ])('%s', (_, until) => {
    expect(messages(until)).toEqual([]);
  });

  test.each(['', 'New switches, ticket OPS-12 👷‍♀️', 'x'.repeat(200), ` ${'x'.repeat(200)} `, MASK])(
    'for the reason %j',
    (reason) => {
      expect(messages(ago(-HOUR_MS), reason)).toEqual([]);
    },
  );
});

describe('rejects a maintenance', () => {
  test.each([
    ['that ends at this moment', ago(0), /future\. It's 2026-03-10 12:00:00 UTC on the API server/],
    ['that has ended', ago(1000), /in the future/],
    ['that lasts longer than 90 days', ago(-90 * DAY_MS - 1000), /at most 90 days/],
    ['without an end', '', /time with a time zone/],
    ['with an end without a zone', '2026-03-10T14:00', /time with a time zone/],
    ['with an end in words', 'tomorrow', /time with a time zone/],
  ])('%s', (_, until, words) => {
    expect(messages(until)).toEqual([expect.stringMatching(words)]);
  });

  test.each([
    ['that is too long', 'x'.repeat(201), /200 characters; this has 201/],
    ['with a line break', 'one\ntwo', /single line/],
    ['with a control character', 'bell\u0007', /single line/],
    ['that reverses text', 'a\u202Eb', /single line/],
    ['with a password', 'see https://me:hunter2@wiki.example.com', /password/],
  ])('for a reason %s', (_, reason, words) => {
    const [problem, ...others] = messages(ago(-HOUR_MS), reason);
    expect(problem).toMatch(words);
    expect(problem).not.toContain('hunter2');
    expect(others).toEqual([]);
  });

  test('and reports all problems at once', () => {
    expect(messages(ago(1000), 'a\nb')).toHaveLength(2);
  });
});

describe('the annotations', () => {
  test('round-trip through readMaintenance', () => {
    const annotations = maintenanceAnnotations({ until: '2026-03-10T16:00:00+02:00', reason: ' Switches ' });
    expect(annotations).toEqual({ [UNTIL]: '2026-03-10T14:00:00Z', [REASON]: 'Switches' });
    expect(readMaintenance(annotations as Record<string, string>)).toEqual({
      maintenance: { until: '2026-03-10T14:00:00.000Z', reason: 'Switches' },
    });
  });

  test('remove an earlier reason', () => {
    expect(maintenanceAnnotations({ until: '2026-03-10T14:00:00Z' })).toMatchObject({ [REASON]: null });
  });

  test('are both removed to end a maintenance', () => {
    expect(maintenanceAnnotations(null)).toEqual({ [UNTIL]: null, [REASON]: null });
  });
});
