import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import type { DemoControlPlane } from '@/demo/demo-control-plane';
import { relatedResourcesAnswerSchema } from '@/lib/api/related';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { sharedDemo } from '@/testing/control-plane/shared-demo';
import { planesOf, startProcessRuntime, until } from '@/testing/server/test-runtime';
import { getRelatedResources } from './related-resources';

let demo: DemoControlPlane<ControlPlaneAccess>;
let runtime: Runtime;

beforeAll(async () => {
  // In this release planes may lack an agent, observability planes don't exist, and references are plain names.
  demo = await sharedDemo({ release: '0.7' });
  runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
  await until(runtime, () => planesOf(runtime).length === demo.fleet.samples.length);
});
afterAll(async () => {
  await runtime?.stop();
  await demo?.stop();
});

async function relatedTo(namespace: string, name: string): Promise<RelatedResources> {
  const identity = { plural: 'dataplanes', namespace, name };
  const answer = await getRelatedResources(await serviceCaller(), identity);
  return relatedResourcesAnswerSchema.parse(answer).related;
}

test('a plane with direct access has no CA for agents and no observability plane', async () => {
  const { ca, observability } = await relatedTo('aurora-retail', 'eu-west-prod');
  expect(ca).toEqual({ source: { from: 'none' }, certificates: [], findings: [] });
  expect(observability).toEqual({ via: 'not-applicable' });
});

test("a plane with an agent has its CA under the reference's older name", async () => {
  const { ca } = await relatedTo('aurora-payments', 'ledger-core');
  expect(ca.source).toMatchObject({ from: 'secret', name: 'ledger-core-agent-ca', state: 'read' });
  expect(ca.certificates).toMatchObject([{ selfSigned: true, isCa: false }]);
});

test('Environments that refer to a plane by plain text are deleted with it', async () => {
  const { referrers, deletionRule } = await relatedTo('aurora-retail', 'berlin-legacy');
  expect(referrers.map(({ name, via }) => `${name} ${via}`)).toEqual([
    'berlin-legacy-development explicit',
    'berlin-legacy-staging explicit',
  ]);
  expect(deletionRule).toBe('deletes-environments');
});
