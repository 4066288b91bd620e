import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { SECOND_MS } from '@/lib/plane/time/duration';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { grant } from '@/testing/control-plane/kube-objects';
import { DIRECT_CASES } from '@/testing/installation/findings/direct-cases';
import { SimulatedControlPlane } from '@/testing/installation/simulated-control-plane';
import { planeNamed, startRuntime, until, untilLive } from '@/testing/server/test-runtime';

const reported = DIRECT_CASES.find(({ code }) => code === 'condition-reported')?.plane;

let controlPlane: SimulatedControlPlane;
let runtime: Runtime;

beforeAll(async () => {
  controlPlane = await SimulatedControlPlane.start({ release: '0.7' });
  if (reported) await controlPlane.add(reported);
});
afterAll(async () => {
  await controlPlane?.stop();
});
afterEach(async () => {
  await runtime.stop();
});

const health = () => planeNamed(runtime, reported?.name ?? '')?.health;

test('a plane whose conditions are True is healthy only while the controller renews its Lease', async () => {
  const { controllers } = controlPlane.demo.simulation;
  runtime = startRuntime(controlPlane.demo.controlPlane.kubeconfigPath, { controllerProofMs: 4 * SECOND_MS });
  await until(runtime, () => health()?.state === 'healthy');
  expect(health()?.reasons[0]?.message).toMatch(/^Reported, not measured: Ready is True/);

  controllers.freeze();
  await until(runtime, () => health()?.state === 'unmonitored');
  expect(health()?.reasons[0]?.message).toContain("the controller hasn't renewed its Lease for");

  controllers.thaw();
  await until(runtime, () => health()?.state === 'healthy');
});

test("it isn't measured without the right to list Leases", async () => {
  const { kubeconfigPath } = await controlPlane.demo.controlPlane.addUser({ name: 'without-leases' });
  await grant(controlPlane.kube, 'without-leases', [
    { apiGroups: ['openchoreo.dev'], resources: ['dataplanes', 'buildplanes'], verbs: ['list', 'watch'] },
  ]);
  runtime = startRuntime(kubeconfigPath);
  await untilLive(runtime);
  await until(runtime, () => health()?.reasons[0]?.message.includes("can't list Leases") === true);
  expect(health()?.state).toBe('unmonitored');
});
