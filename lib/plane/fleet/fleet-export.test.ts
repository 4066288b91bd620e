import { describe, expect, test } from 'vitest';
import type { AttentionState } from '@/lib/plane/health/attention';
import { type CertificateFact, NO_FACTS } from '@/lib/plane/health/health-facts';
import type { Plane } from '@/lib/plane/model/plane';
import { companyEntries } from '@/testing/plane/company-entries';
import { aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { readCsv } from '@/testing/plane/read-csv';
import { entriesToCsv, entriesToJson } from './fleet-export';
import { filterEntries } from './fleet-filter';
import { sortEntries } from './fleet-sort';
import { DEFAULT_SORT, DEFAULT_VIEW, type FleetEntry } from './fleet-view';

function entry(changes: Partial<Plane>, attention: AttentionState = 'stale'): FleetEntry {
  return {
    plane: { ...aPlane(), ...changes, facts: NO_FACTS },
    health: { state: 'stale', reasons: [{ code: 'heartbeat-stale', severity: 'error', message: 'Frozen.' }] },
    attention,
    seenSinceMs: null,
  };
}

describe('CSV', () => {
  test.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])(
    'defuses %j, which a spreadsheet would run',
    (displayName) => {
      const [, line] = entriesToCsv([entry({ displayName })], NOW_MS).split('\r\n');
      const field = `'${displayName}`;
      const quoted = /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
      expect(line).toContain(`Frozen.,${quoted.split('\r\n')[0]}`);
    },
  );

  test('quotes commas, quotes and line breaks', () => {
    const csv = entriesToCsv([entry({ description: 'a, "b"\nc' })], NOW_MS);
    expect(csv).toContain('"a, ""b""\nc"');
  });

  test('has a header line and one line a plane, each ending with CRLF', () => {
    const csv = entriesToCsv([entry({ name: 'one' }), entry({ name: 'two' })], NOW_MS);
    expect(csv.match(/\r\n/g)).toHaveLength(3);
    expect(csv.startsWith('health,healthWord,reasons,')).toBe(true);
  });
});

describe('every column', () => {
  const end = '2026-06-10T00:00:00Z';
  const full: FleetEntry = {
    plane: {
      ...aPlane({
        displayName: 'Orders Europe',
        name: 'orders-eu',
        description: 'Checkout and baskets',
        owner: 'Team Checkout',
        runbookUrl: 'https://wiki.example.com/orders',
        labels: { env: 'prod', region: 'eu-west-1' },
        planeID: 'orders-eu-cluster',
        agent: { connected: false, connectedAgents: 0, lastHeartbeatTime: '2026-03-10T06:59:00Z' },
        maintenance: { until: '2026-03-10T14:00:00.000Z', reason: 'New switches' },
        createdAt: '2026-03-01T00:00:00Z',
        uid: 'uid-1',
      }),
      facts: {
        ...NO_FACTS,
        siblings: 2,
        certificate: {
          state: 'parsed',
          notBefore: end,
          notAfter: end,
          subject: 'CN=a',
          selfSignedLeaf: false,
          count: 1,
        },
      },
    },
    health: {
      state: 'disconnected',
      reasons: [
        { code: 'agent-lost', severity: 'error', message: 'Agent disconnected 5 h ago.' },
        { code: 'shared', severity: 'info', message: 'Shared.' },
      ],
    },
    attention: 'maintenance',
    seenSinceMs: null,
  };
  const ROW = {
    health: 'disconnected',
    healthWord: 'Disconnected',
    reasons: 'Agent disconnected 5 h ago. Shared.',
    displayName: 'Orders Europe',
    name: 'orders-eu',
    namespace: 'acme',
    kind: 'DataPlane',
    planeID: 'orders-eu-cluster',
    siblings: 2,
    connected: false,
    agents: 0,
    lastHeartbeat: '2026-03-10T06:59:00Z',
    certificateExpires: end,
    certificateFirstExpires: end,
    countsAs: 'maintenance',
    maintenanceUntil: '2026-03-10T14:00:00.000Z',
    maintenanceReason: 'New switches',
    created: '2026-03-01T00:00:00Z',
    description: 'Checkout and baskets',
    owner: 'Team Checkout',
    runbookUrl: 'https://wiki.example.com/orders',
    labels: 'env=prod, region=eu-west-1',
    uid: 'uid-1',
  };

  test('is in CSV, in a fixed order', () => {
    const [row = {}] = readCsv(entriesToCsv([full], NOW_MS));
    expect(Object.entries(row)).toEqual(Object.entries(ROW).map(([name, value]) => [name, String(value)]));
  });

  test('is in JSON, with the conditions', () => {
    expect(JSON.parse(entriesToJson([full], NOW_MS))).toEqual([
      {
        ...ROW,
        reasons: full.health.reasons,
        labels: full.plane.labels,
        conditions: full.plane.conditions,
      },
    ]);
  });

  test('is empty in CSV and null in JSON without a value', () => {
    const { namespace: _namespace, agent: _agent, ...plane } = aPlane({ planeID: null });
    const bare: FleetEntry = {
      plane: { ...plane, facts: NO_FACTS },
      health: { state: 'healthy', reasons: [] },
      attention: 'healthy',
      seenSinceMs: null,
    };
    const EMPTY = {
      displayName: plane.name,
      namespace: null,
      planeID: null,
      connected: null,
      agents: null,
      lastHeartbeat: null,
      certificateExpires: null,
      certificateFirstExpires: null,
      maintenanceUntil: null,
      maintenanceReason: null,
      description: null,
    };
    expect(JSON.parse(entriesToJson([bare], NOW_MS))).toMatchObject([EMPTY]);
    const [row = {}] = readCsv(entriesToCsv([bare], NOW_MS));
    for (const [name, value] of Object.entries(EMPTY)) expect([name, row[name]]).toEqual([name, value ?? '']);
  });
});

test('keeps the given planes in the given order, in CSV and JSON', () => {
  const entries = sortEntries(
    filterEntries(companyEntries(), { ...DEFAULT_VIEW, namespaces: ['acme'] }).entries,
    DEFAULT_SORT,
  );
  const shown = ['Orders Europe', 'Builder', 'Orders America', 'Tenant on shared ground'];
  expect(readCsv(entriesToCsv(entries, NOW_MS)).map((row) => row.displayName)).toEqual(shown);
  const rows = JSON.parse(entriesToJson(entries, NOW_MS));
  expect(rows).toMatchObject(shown.map((displayName) => ({ displayName })));
  expect(rows).toMatchObject([
    {
      health: 'disconnected',
      reasons: [{ code: 'agent-lost', severity: 'error' }],
      labels: { env: 'prod', region: 'eu-west-1' },
      agents: 0,
      connected: false,
    },
    {},
    { health: 'healthy', agents: 2, reasons: [] },
    {},
  ]);
});

test('JSON keeps the structure of labels and reasons', () => {
  const [row] = JSON.parse(entriesToJson([entry({ labels: { env: 'prod' } })], NOW_MS));
  expect(row).toMatchObject({
    health: 'stale',
    labels: { env: 'prod' },
    reasons: [{ code: 'heartbeat-stale' }],
  });
});

test('a plane in maintenance counts as such until its end, and then by its health', () => {
  const maintenance = { until: '2026-03-10T14:00:00.000Z', reason: 'New switches' };
  const rows = JSON.parse(
    entriesToJson([entry({ maintenance }, 'maintenance'), entry({ maintenance }), entry({})], NOW_MS),
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
      entriesToJson([{ ...rest, plane: { ...plane, facts: { ...NO_FACTS, certificate } } }], NOW_MS),
    );
    return [row.certificateFirstExpires, row.certificateExpires];
  };
  expect(endsOf({ ...last, earlier: [one] })).toEqual([one.notAfter, last.notAfter]);
  expect(endsOf({ ...last, count: 1 })).toEqual([last.notAfter, last.notAfter]);
  expect(endsOf({ state: 'not-checked' })).toEqual([null, null]);
});
