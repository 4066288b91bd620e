import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { TestFleet } from '@/testing/server/test-fleet';
import type { FleetEngine } from './fleet-engine';

let fleet: TestFleet;
let engine: FleetEngine;

beforeEach(() => {
  fleet = new TestFleet();
  ({ engine } = fleet);
});
afterEach(() => fleet.stop());

test('takes the removal of a field for as old as it is, although managedFields keep no time of it', async () => {
  const specChangedAt = ago(20 * 86_400 * SECOND_MS);
  const changed = (generation: number) =>
    aPlane({
      generation,
      observedGeneration: 1,
      specChangedAt,
      resourceVersion: String(generation),
      agent: {
        connected: true,
        connectedAgents: 1,
        lastHeartbeatTime: new Date(fleet.nowMs).toISOString(),
      },
    });
  const reason = () => engine.records()[0]?.health?.reasons.find(({ code }) => code === 'change-unobserved');
  engine.set(changed(1));
  engine.flush();
  engine.set(changed(2));
  engine.flush();
  expect(reason()).toBeUndefined();
  await fleet.pass(60 * SECOND_MS);
  engine.set(changed(2));
  await fleet.pass(65 * SECOND_MS);
  expect(reason()?.message).toContain('made 2 min ago');
  expect(engine.withHealth(changed(2)).health.reasons).toContainEqual(reason());
});

describe('a plane that is edited every minute', () => {
  const startMs = () => fleet.nowMs;
  const version = (generation: number, observedGeneration: number, changedAtMs: number) =>
    aPlane({
      generation,
      observedGeneration,
      specChangedAt: new Date(changedAtMs).toISOString(),
      resourceVersion: `${generation}-${observedGeneration}`,
      agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: new Date(fleet.nowMs).toISOString() },
    });
  const reason = () =>
    engine.records()[0]?.health?.reasons.find(({ code }) => code === 'change-unobserved')?.message;

  test('is degraded two minutes after its first change if the controller applies none', async () => {
    engine.set(version(1, 1, startMs()));
    for (let generation = 2; generation <= 4; generation += 1) {
      engine.set(version(generation, 1, fleet.nowMs));
      await fleet.pass(59 * SECOND_MS);
    }
    expect(reason()).toBe(
      "The controller hasn't applied the last 3 changes, the first made at least 2 min ago. The status is older than those changes.",
    );
    engine.set(version(4, 4, fleet.nowMs));
    engine.flush();
    expect(reason()).toBeUndefined();
  });

  test("isn't while the controller applies one change after the other", async () => {
    engine.set(version(1, 1, startMs()));
    for (let generation = 2; generation <= 6; generation += 1) {
      engine.set(version(generation, generation - 2, fleet.nowMs));
      await fleet.pass(59 * SECOND_MS);
    }
    expect(reason()).toBeUndefined();
  });
});
