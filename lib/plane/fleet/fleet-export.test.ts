import { describe, expect, test } from 'vitest';
import type { AttentionState } from '@/lib/plane/health/attention';
import { type CertificateFact, NO_FACTS } from '@/lib/plane/health/health-facts';
import type { Plane } from '@/lib/plane/model/plane';
import { aPlane } from '@/testing/plane/plane-fixture';
import { entriesToCsv, entriesToJson } from './fleet-export';
import type { FleetEntry } from './fleet-view';

function entry(changes: Partial<Plane>, attention: AttentionState = 'stale'): FleetEntry {
  return {
    plane: { ...aPlane(), ...changes, facts: NO_FACTS },
    health: { state: 'stale', reasons: [{ code: 'heartbeat-stale', severity: 'error', message: 'Frozen.' }] },
    attention,
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

  test('has a header line and one line a plane, each ending with CRLF', () => {
    const csv = entriesToCsv([entry({ name: 'one' }), entry({ name: 'two' })]);
    expect(csv.match(/\r\n/g)).toHaveLength(3);
    expect(csv.startsWith('health,healthWord,reasons,')).toBe(true);
  });
});

test('JSON keeps the structure of labels and reasons', () => {
  const [row] = JSON.parse(entriesToJson([entry({ labels: { env: 'prod' } })]));
  expect(row).toMatchObject({
    health: 'stale',
    labels: { env: 'prod' },
    reasons: [{ code: 'heartbeat-stale' }],
  });
});

test('a plane in maintenance counts as such until its end, and then by its health', () => {
  const maintenance = { until: '2026-03-10T14:00:00.000Z', reason: 'New switches' };
  const rows = JSON.parse(
    entriesToJson([entry({ maintenance }, 'maintenance'), entry({ maintenance }), entry({})]),
  );
  expect(rows[0]).toMatchObject({
    health: 'stale',
    countsAs: 'maintenance',
    maintenanceUntil: '2026-03-10T14:00:00.000Z',
    maintenanceReason: 'New switches',
  });
  for (const row of rows.slice(1))
    expect(row).toMatchObject({ countsAs: 'stale', maintenanceUntil: null, maintenanceReason: null });
});

test('a bundle has its first and its last end, a single certificate the same end twice', () => {
  const one = { notBefore: '2026-01-01T00:00:00Z', notAfter: '2026-03-13T00:00:00Z', selfSignedLeaf: true };
  const last = {
    ...one,
    state: 'parsed',
    notAfter: '2026-06-10T00:00:00Z',
    subject: 'CN=a',
    count: 2,
  } as const;
  const endsOf = (certificate: CertificateFact) => {
    const { plane, ...rest } = entry({});
    const [row] = JSON.parse(
      entriesToJson([{ ...rest, plane: { ...plane, facts: { ...NO_FACTS, certificate } } }]),
    );
    return [row.certificateFirstExpires, row.certificateExpires];
  };
  expect(endsOf({ ...last, earlier: [one] })).toEqual([one.notAfter, last.notAfter]);
  expect(endsOf({ ...last, count: 1 })).toEqual([last.notAfter, last.notAfter]);
  expect(endsOf({ state: 'not-checked' })).toEqual([null, null]);
});
