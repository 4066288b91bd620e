import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FleetPlane } from '@/lib/api/fleet';
import { HOUR_MS } from '@/lib/plane/time/duration';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { FaultProxy } from '@/testing/control-plane/fault-proxy';
import { planesOf, startRuntime, until, untilLive } from '@/testing/server/test-runtime';

/** Reasons that a wrong clock may cause. The planes of this test have no readable CA, which is another matter. */
const OF_TIME = /^(heartbeat-|no-contact|control-plane-incident)/;

const PLANES = ['clock-a', 'clock-b', 'clock-c'];

let control: BareControlPlane;
let writer: DataPlaneWriter;
let proxy: FaultProxy;
let runtime: Runtime;
let wrong: Set<string>;
let stopReading: () => void;

beforeAll(async () => {
  control = await sharedControlPlane();
  writer = new DataPlaneWriter(control.controlPlane.client);
  for (const name of PLANES) await writer.create(name);
  await beat();
});
afterAll(async () => {
  await control?.stop();
});
beforeEach(async () => {
  await beat();
  proxy = await FaultProxy.start(control.controlPlane, control.folder);
  runtime = startRuntime(proxy.kubeconfigPath);
  await untilLive(runtime);
  await until(runtime, () => planesOf(runtime).length === PLANES.length);
  wrong = new Set();
  stopReading = runtime.engine.subscribe(({ upserts, incidents }) => {
    for (const { json } of upserts) {
      const { health } = JSON.parse(json()) as FleetPlane;
      for (const { code } of health.reasons) if (OF_TIME.test(code)) wrong.add(code);
    }
    for (const { message } of incidents ?? []) wrong.add(message);
  });
});
afterEach(async () => {
  stopReading();
  await runtime.stop();
  await proxy.stop();
});

/** The controllers' clock is right. */
async function beat(): Promise<void> {
  for (const name of PLANES) await writer.beat(name);
}

/** Reports as a control plane does, with new heartbeats, for some seconds. */
async function report(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await sleep(1000);
    await beat();
  }
}

const titles = () => runtime.engine.controlPlane.findings.map(({ title }) => title);

describe.each([HOUR_MS, -HOUR_MS])("a proxy that sets the API server's clock by %d ms", (aheadMs) => {
  test('is reported, and makes no plane stale', async () => {
    proxy.dateAheadMs = () => aheadMs;
    await until(runtime, () => titles().length > 0);
    expect(titles()).toEqual(["The API server's clock jumped by 1 h"]);
    await report(3);
    await until(runtime, () =>
      runtime.engine.controlPlane.findings.some(({ consequence }) => /still follow/.test(consequence)),
    );
    expect([...wrong]).toEqual([]);
    expect(Math.abs(runtime.clock.nowMs() - Date.now())).toBeLessThan(5000);
  });
});

test('a proxy with a wrong clock among right ones is reported, and makes no plane stale', async () => {
  let responses = 0;
  proxy.dateAheadMs = () => {
    responses += 1;
    return responses % 2 === 0 ? HOUR_MS : 0;
  };
  await report(4);
  await until(runtime, () => titles()[0] === "The API server's clocks differ by 1 h");
  expect([...wrong]).toEqual([]);
});
