import { describe, expect, test } from 'vitest';
import { NO_FACTS } from './facts';
import { entriesToCsv, entriesToJson } from './fleet-export';
import type { FleetEntry } from './fleet-view';
import type { Plane } from './plane';
import { aPlane } from './plane-fixture';

function entry(changes: Partial<Plane>): FleetEntry {
  return {
    plane: { ...aPlane(), ...changes, facts: NO_FACTS },
    health: { state: 'stale', reasons: [{ code: 'heartbeat-stale', severity: 'error', message: 'Frozen.' }] },
  };
}

describe('CSV', () => {
  test.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])(
    'defuses %j, which a spreadsheet would run',
    (displayName) => {
      const [, line] = entriesToCsv([entry({ displayName })]).split('\r\n');
      const field = `'${displayName}`;
      const quoted = /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
      expect(line).toContain(`Frozen.,${quoted.split('\r\n')[0]}`);
    },
  );

  test('quotes commas, quotes and line breaks', () => {
    const csv = entriesToCsv([entry({ description: 'a, "b"\nc' })]);
    expect(csv).toContain('"a, ""b""\nc"');
  });

  test('has a header line, one line a plane, and ends each with CRLF', () => {
    const csv = entriesToCsv([entry({ name: 'one' }), entry({ name: 'two' })]);
    expect(csv.match(/\r\n/g)).toHaveLength(3);
    expect(csv.startsWith('health,healthWord,reasons,')).toBe(true);
  });
});

test('JSON keeps labels and reasons as they are', () => {
  const [row] = JSON.parse(entriesToJson([entry({ labels: { env: 'prod' } })]));
  expect(row).toMatchObject({
    health: 'stale',
    labels: { env: 'prod' },
    reasons: [{ code: 'heartbeat-stale' }],
  });
});
