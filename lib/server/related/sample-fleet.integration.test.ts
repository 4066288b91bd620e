import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import type { DemoControlPlane } from '@/demo/demo-control-plane';
import { historyAnswerSchema } from '@/lib/api/history';
import { type RelatedResourcesAnswer, relatedResourcesAnswerSchema } from '@/lib/api/related';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { getPlaneHistory } from '@/lib/server/history/get-plane-history';
import type { Caller } from '@/lib/server/rights/caller';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { sharedDemo } from '@/testing/control-plane/shared-demo';
import { planeNamed, planesOf, startProcessRuntime, until } from '@/testing/server/test-runtime';
import { getRelatedResources } from './related-resources';

const prod = { plural: 'dataplanes', namespace: 'aurora-retail', name: 'eu-west-prod' };

let demo: DemoControlPlane<ControlPlaneAccess>;
let runtime: Runtime;
let admin: Caller;

beforeAll(async () => {
  demo = await sharedDemo({ speed: 30 });
  runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
  await until(runtime, () => planesOf(runtime).length === demo.fleet.samples.length);
  // The CA of each plane is now known, or known to be unreadable; this one is read last.
  await until(runtime, () => planeNamed(runtime, 'eu-west-prod')?.facts.certificate.state === 'parsed');
  admin = await serviceCaller();
});
afterAll(async () => {
  await runtime?.stop();
  await demo?.stop();
});

async function relatedTo(identity: PlaneIdentity): Promise<RelatedResourcesAnswer> {
  return relatedResourcesAnswerSchema.parse(await getRelatedResources(admin, identity));
}

test('every plane of the fleet, even an unreadable one, has related resources, and no history from before the start', async () => {
  for (const { plural, namespace, name } of planesOf(runtime)) {
    const identity = { plural, namespace, name };
    const { related } = await relatedTo(identity);
    expect(related.referrersNotVisible).toEqual([]);
    const { entries } = historyAnswerSchema.parse(await getPlaneHistory(admin, identity));
    // Entries about its health only, because no plane was created, changed or deleted.
    expect(entries.filter(({ what }) => what !== 'health' && what !== 'agent')).toEqual([]);
  }
});

test("an unreadable plane doesn't count as using the default", async () => {
  const { related } = await relatedTo({ plural: 'clusterobservabilityplanes', name: 'default' });
  const names = related.referrers.map(({ name }) => name);
  expect(names).toContain('tokyo-prod');
  expect(names).not.toContain('placeholder');
});

test("the controllers' Lease shows whether they are alive", async () => {
  const before = await relatedTo(prod);
  const { workloads, lease } = before.related.controlPlane;
  expect(workloads.map(({ role, readyReplicas }) => [role, readyReplicas])).toEqual([
    ['gateway', 1],
    ['controller', 1],
  ]);
  expect(Date.parse(before.serverTime) - Date.parse(lease?.renewedAt ?? '')).toBeLessThan(15_000);

  demo.simulation.controllers.freeze();
  const controllerReady = async () => {
    const { controlPlane } = (await relatedTo(prod)).related;
    return controlPlane.workloads.find(({ role }) => role === 'controller')?.readyReplicas;
  };
  await expect.poll(controllerReady, { timeout: 10_000 }).toBe(0);
  const frozen = (await relatedTo(prod)).related.controlPlane.lease?.renewedAt;
  await demo.simulation.gateway.stop();
  const gateway = async () => (await relatedTo(prod)).related.controlPlane.workloads[0]?.readyReplicas;
  await expect.poll(gateway, { timeout: 10_000 }).toBe(0);
  expect((await relatedTo(prod)).related.controlPlane.lease?.renewedAt).toBe(frozen);
  await demo.simulation.gateway.start();
  demo.simulation.controllers.thaw();
  await expect.poll(controllerReady, { timeout: 10_000 }).toBe(1);
});
