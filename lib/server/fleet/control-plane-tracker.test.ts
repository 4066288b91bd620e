import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GatewayFacts } from '@/lib/plane/health/gateway-certificates';
import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import { DAY_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { changesJson } from '@/lib/server/feed/sse-frame';
import { gatewayFacts, readCertificate } from '@/testing/plane/gateway-facts';
import { ago, NOW_MS } from '@/testing/plane/plane-fixture';
import type { ChangeSet } from './change-publisher';
import { FleetEngine } from './fleet-engine';

let nowMs: number;
let facts: GatewayFacts | null;
let sent: ChangeSet[];
let engine: FleetEngine;

beforeEach(() => {
  vi.useFakeTimers();
  nowMs = NOW_MS;
  facts = null;
  sent = [];
  engine = new FleetEngine({
    limits: DEFAULT_LIMITS,
    nowMs: () => nowMs,
    certificates: { factOf: () => ({ state: 'not-checked' }), forget: () => undefined },
    gatewayFacts: () => facts,
  });
  engine.subscribe((changes) => sent.push(changes));
  engine.start();
});
afterEach(() => {
  engine.stop();
  vi.useRealTimers();
});

async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    nowMs += SECOND_MS;
    await vi.advanceTimersByTimeAsync(SECOND_MS);
  }
}

const codesSent = () =>
  sent.map(({ controlPlane }) => (controlPlane?.findings ?? []).map(({ code }) => code));

test('the control plane is published within a second of a change, and only then', async () => {
  await pass(3);
  expect(sent).toEqual([]);
  facts = gatewayFacts();
  await pass(3);
  expect(codesSent()).toEqual([[]]);
  // Other facts without findings, as after a renewal.
  facts = gatewayFacts({ serving: readCertificate(ago(DAY_MS), ago(-89 * DAY_MS)) });
  await pass(3);
  expect(codesSent()).toEqual([[], []]);
  facts = gatewayFacts({ verified: false });
  await pass(3);
  expect(codesSent()).toEqual([[], [], ['gateway-certificate-unverified']]);
});

test('a certificate that expires is published once, without new facts, although its age grows', async () => {
  facts = gatewayFacts({ serving: readCertificate(ago(90 * DAY_MS), ago(-5 * SECOND_MS)) });
  await pass(20);
  expect(codesSent()).toEqual([['gateway-certificate-expiring'], ['gateway-certificate-expired']]);
  expect(engine.controlPlane.findings[0]?.message).toContain('expired 15 s ago');
});

test('a change of the control plane alone reaches readers', async () => {
  facts = gatewayFacts({ verified: false });
  await pass(1);
  const [changes] = sent;
  if (!changes) throw new Error('Nothing was published.');
  const json = changesJson(changes, ago(0), 'compact');
  expect(JSON.parse(json ?? '{}')).toMatchObject({
    upserts: [],
    controlPlane: {
      gateway: { verified: false },
      findings: [{ code: 'gateway-certificate-unverified' }],
    },
  });
});
