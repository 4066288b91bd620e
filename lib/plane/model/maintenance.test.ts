import { describe, expect, test } from 'vitest';
import { MASK } from '@/lib/plane/masking/mask';
import {
  MAX_MAINTENANCE_REASON,
  MAINTENANCE_REASON_ANNOTATION as REASON,
  readMaintenance,
  MAINTENANCE_UNTIL_ANNOTATION as UNTIL,
} from './maintenance';

describe('readMaintenance', () => {
  test.each([
    ['nothing from no annotations', {}, {}],
    ['nothing from other annotations', { 'openchoreo.dev/display-name': 'x' }, {}],
    ['nothing from empty annotations', { [UNTIL]: ' ', [REASON]: '' }, {}],
    [
      'an end and a reason',
      { [UNTIL]: '2026-03-10T14:00:00Z', [REASON]: ' New switches ' },
      { maintenance: { until: '2026-03-10T14:00:00.000Z', reason: 'New switches' } },
    ],
    [
      'an end in another zone',
      { [UNTIL]: '2026-03-10T16:00:00.5+02:00' },
      { maintenance: { until: '2026-03-10T14:00:00.500Z' } },
    ],
  ])('reads %s', (_, annotations, read) => {
    expect(readMaintenance(annotations as Record<string, string>)).toEqual(read);
  });

  test.each([
    'tomorrow',
    '2026-03-10',
    '2026-03-10T14:00',
    '2026-03-10T14:00:00',
    '2026-13-45T99:00:00Z',
    '2027-02-30T00:00:00Z',
    '2027-01-01T24:00:00Z',
    '0001-01-01T00:00:00Z',
    '1773151200',
    'infinity',
  ])('rejects the end %j, hides nothing and reports the problem', (until) => {
    const { maintenance, problem } = readMaintenance({ [UNTIL]: until, [REASON]: 'x' });
    expect(maintenance).toBeUndefined();
    expect(problem).toContain(UNTIL);
  });

  test('ignores a reason without an end and reports the problem', () => {
    expect(readMaintenance({ [REASON]: 'x' })).toEqual({
      problem: expect.stringContaining('without an end') as string,
    });
  });

  test('drops an invisible reason and removes marks that reverse its direction', () => {
    const read = (reason: string) => readMaintenance({ [UNTIL]: '2026-03-10T14:00:00Z', [REASON]: reason });
    expect(read('\u200B\u202E').maintenance).toEqual({ until: '2026-03-10T14:00:00.000Z' });
    expect(read('\u202Eswitches').maintenance?.reason).toBe('switches');
  });

  test('cuts a long reason and masks one with a password', () => {
    const read = (reason: string) => readMaintenance({ [UNTIL]: '2026-03-10T14:00:00Z', [REASON]: reason });
    expect(read('x'.repeat(5000)).maintenance?.reason).toHaveLength(MAX_MAINTENANCE_REASON);
    expect(read('see https://me:hunter2@wiki.example.com').maintenance?.reason).toBe(MASK);
  });
});
