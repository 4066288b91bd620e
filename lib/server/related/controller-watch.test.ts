import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ControllerFacts } from '@/lib/plane/health/controller-facts';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { KubeError } from '@/lib/server/kube/kube-error';
import { NOW_MS } from '@/testing/plane/plane-fixture';
import { ControllerWatch } from './controller-watch';

const NAMESPACE = 'openchoreo-control-plane';
const ELECTION = '43500532.openchoreo.dev';
const LEASES = { apiVersion: 'coordination.k8s.io/v1', kind: 'LeaseList' };

let nowMs: number;
let leases: { readonly name: string; holder?: string; renewTime?: string }[];
let list: object;
let failure: KubeError | null;
let needed: boolean;
let facts: ControllerFacts | undefined;
let readings: number[];
let watch: ControllerWatch;

beforeEach(() => {
  vi.useFakeTimers();
  nowMs = NOW_MS;
  leases = [{ name: ELECTION, holder: 'manager-0', renewTime: 'r0' }];
  list = LEASES;
  failure = null;
  needed = true;
  facts = undefined;
  readings = [];
  watch = new ControllerWatch({
    client: {
      request: () => {
        readings.push(nowMs - NOW_MS);
        if (failure) return Promise.reject(failure);
        const items = leases.map(({ name, holder, renewTime }) => ({
          metadata: { name, namespace: NAMESPACE },
          spec: { holderIdentity: holder, renewTime },
        }));
        return Promise.resolve({
          status: 200,
          body: { ...list, metadata: {}, items },
          etag: null,
          warnings: [],
        });
      },
    },
    namespace: NAMESPACE,
    nowMs: () => nowMs,
    isNeeded: () => needed,
    onFacts: (given) => {
      facts = given;
    },
  });
  watch.start();
});
afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

/** Lets time pass, second by second; a living leader renews its Lease each second. */
async function pass(ms: number, alive = true): Promise<void> {
  for (let left = ms; left > 0; left -= SECOND_MS) {
    nowMs += SECOND_MS;
    if (alive) leases = leases.map((lease) => ({ ...lease, renewTime: `r${nowMs}` }));
    await vi.advanceTimersByTimeAsync(SECOND_MS);
  }
}

const provenAgoMs = () => (facts?.provenAt ? nowMs - Date.parse(facts.provenAt) : null);

describe('the controller', () => {
  test('is proven alive once its Lease was renewed between two readings, as of the earlier one', async () => {
    await pass(2 * SECOND_MS);
    expect(facts).toEqual({ lease: 'read', provenAt: null });
    await pass(3 * SECOND_MS);
    expect(readings).toEqual([SECOND_MS, 4 * SECOND_MS]);
    expect(facts?.provenAt).toBe(new Date(NOW_MS + SECOND_MS).toISOString());
  });

  test('is read every 10 s from then on', async () => {
    await pass(35 * SECOND_MS);
    expect(readings.map((atMs) => atMs / SECOND_MS)).toEqual([1, 4, 14, 24, 34]);
  });

  test("isn't proven by a Lease that stays as it is, whatever its time", async () => {
    leases = [{ name: ELECTION, holder: 'manager-0', renewTime: new Date(NOW_MS).toISOString() }];
    await pass(60 * SECOND_MS, false);
    expect(facts).toEqual({ lease: 'read', provenAt: null });
  });

  test('keeps its last proof when it stops, so the proof ages', async () => {
    await pass(5 * SECOND_MS);
    await pass(60 * SECOND_MS, false);
    expect(provenAgoMs()).toBeGreaterThan(50 * SECOND_MS);
    await pass(20 * SECOND_MS);
    expect(provenAgoMs()).toBeLessThanOrEqual(20 * SECOND_MS);
  });

  test.each([1, -1])('keeps the age of its proof when the clock in use is set by %i h', async (hours) => {
    await pass(15 * SECOND_MS);
    nowMs += hours * 3600 * SECOND_MS;
    await pass(10 * SECOND_MS);
    expect(provenAgoMs()).toBeGreaterThanOrEqual(10 * SECOND_MS);
    expect(provenAgoMs()).toBeLessThanOrEqual(20 * SECOND_MS);
  });

  test("isn't proven by a Lease that its leader gave up, nor by one of another component", async () => {
    leases = [
      { name: ELECTION, renewTime: 'r' },
      { name: 'cluster-gateway', holder: 'g' },
      { name: 'observer.openchoreo.dev', holder: 'o' },
      { name: 'x.dev' },
    ];
    await pass(30 * SECOND_MS);
    expect(facts).toEqual({ lease: 'read', provenAt: null });
  });

  test.each([
    ['forbidden', 'not-visible'],
    ['not-found', 'missing'],
    ['unreachable', 'unknown'],
  ] as const)('proves nothing while the answer is %s', async (code, lease) => {
    failure = new KubeError(code, 'No.');
    await pass(30 * SECOND_MS);
    expect(facts ?? { lease: 'unknown', provenAt: null }).toEqual({ lease, provenAt: null });
  });

  test.each([
    ['a list of another kind', { ...LEASES, kind: 'DeploymentList' }],
    ['a list of another API version', { ...LEASES, apiVersion: 'v1' }],
  ])('is neither proven nor missing by %s', async (_, answered) => {
    list = answered;
    await pass(30 * SECOND_MS);
    expect(facts).toBeUndefined();
    leases = [];
    await pass(30 * SECOND_MS);
    expect(facts).toBeUndefined();
  });

  test('has no Lease where leader election is off', async () => {
    leases = [];
    await pass(5 * SECOND_MS);
    expect(facts).toEqual({ lease: 'missing', provenAt: null });
  });
});

test('reads nothing while no plane needs the proof', async () => {
  needed = false;
  await pass(30 * SECOND_MS);
  expect(readings).toEqual([]);
  needed = true;
  await pass(5 * SECOND_MS);
  expect(provenAgoMs()).toBe(4 * SECOND_MS);
});

test('forgets the proof when the cluster is another one', async () => {
  await pass(5 * SECOND_MS);
  expect(facts?.provenAt).not.toBeNull();
  watch.forget();
  expect(facts).toEqual({ lease: 'unknown', provenAt: null });
  leases = [{ name: ELECTION, holder: 'other', renewTime: 'another' }];
  await pass(2 * SECOND_MS, false);
  expect(facts?.provenAt).toBeNull();
});
