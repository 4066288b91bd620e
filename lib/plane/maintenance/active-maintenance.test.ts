import { expect, test } from 'vitest';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { activeMaintenance, maintenanceEndMs, maintenanceText, untilText } from './active-maintenance';

test('a maintenance ends exactly at its end time', () => {
  const maintenance = { until: ago(0), reason: 'New switches' };
  const plane = aPlane({ maintenance });
  expect(activeMaintenance(plane, NOW_MS - 1)).toEqual(maintenance);
  expect(activeMaintenance(plane, NOW_MS)).toBeNull();
  expect(activeMaintenance(aPlane(), NOW_MS)).toBeNull();
  expect(activeMaintenance({ maintenance: { until: 'never' } }, NOW_MS)).toBeNull();
});

test('the end is known only while the maintenance is active', () => {
  const plane = aPlane({ maintenance: { until: ago(-1000) } });
  expect(maintenanceEndMs(plane, NOW_MS)).toBe(NOW_MS + 1000);
  expect(maintenanceEndMs(plane, NOW_MS + 1000)).toBeNull();
  expect(maintenanceEndMs(aPlane(), NOW_MS)).toBeNull();
});

test('an end is shown with its date unless it is today', () => {
  expect(untilText('2026-03-10T23:59:00Z', NOW_MS)).toBe('until 23:59 UTC');
  expect(untilText('2026-03-11T00:00:00Z', NOW_MS)).toBe('until 2026-03-11 00:00 UTC');
  expect(untilText('never', NOW_MS)).toBe('');
  expect(untilText('2026-06-08T12:00:00Z', NOW_MS)).toBe('until 2026-06-08 12:00 UTC');
  expect(untilText('2099-01-01T00:00:00Z', NOW_MS)).toBe(
    'until 2099-01-01 00:00 UTC, more than 90 days away',
  );
});

test('a maintenance is described by its end and its reason, if it has one', () => {
  const until = '2026-03-10T14:00:00Z';
  expect(maintenanceText({ until, reason: 'New switches' }, NOW_MS)).toBe('until 14:00 UTC: New switches');
  expect(maintenanceText({ until }, NOW_MS)).toBe('until 14:00 UTC');
});
