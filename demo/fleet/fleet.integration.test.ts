import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { collectionOf } from '@/demo/controllers/plane-object';
import { crdsOf, RELEASES, type Release } from '@/demo/crds/profiles';
import type { JsonSchema } from '@/demo/crds/schema';
import type { DemoControlPlane } from '@/demo/demo-control-plane';
import { deriveHealth } from '@/lib/plane/health/derive-health';
import { DEFAULT_LIMITS, type HealthFacts, NO_FACTS } from '@/lib/plane/health/health-facts';
import type { KindFeatures } from '@/lib/plane/model/kind-features';
import { kindOfName, PLANE_KINDS } from '@/lib/plane/model/kinds';
import { parsePlane } from '@/lib/plane/model/parse-plane';
import { sharedDemo } from '@/testing/control-plane/shared-demo';
import type { Sample } from './sample';
import { sampleFleet } from './sample-fleet';

/** Reasons that don't follow from the plane alone. The dashboard's server adds them. */
const OUTSIDE = new Set(['shared-plane-id', 'certificate-expiring']);

function featuresOf(release: Release, kind: string): KindFeatures {
  const crd = crdsOf(release).find((item) => item.spec.names.kind === kind);
  const root = crd?.spec.versions[0].schema.openAPIV3Schema;
  const has = (...path: string[]) =>
    path.reduce<JsonSchema | undefined>((node, name) => node?.properties?.[name], root) !== undefined;
  return {
    known: root !== undefined,
    planeID: has('spec', 'planeID'),
    agentConnection: has('status', 'agentConnection'),
    clusterAgent: has('spec', 'clusterAgent'),
    optionalAgent: has('spec', 'agent'),
    directAccess: has('spec', 'kubernetesCluster'),
  };
}

describe.each(RELEASES)('the sample fleet of release %s', (release) => {
  let demo: DemoControlPlane<ControlPlaneAccess>;
  beforeAll(async () => {
    demo = await sharedDemo({ release });
  });
  afterAll(async () => {
    await demo?.stop();
  });

  async function healthOf(sample: Sample, laterMs = 0) {
    const entry = kindOfName(sample.kind) ?? PLANE_KINDS[0];
    const raw = await demo.controlPlane.client.get(
      `${collectionOf(sample.kind, sample.namespace)}/${sample.name}`,
    );
    const nowMs = Date.now() + laterMs;
    const facts: HealthFacts = {
      ...NO_FACTS,
      limits: DEFAULT_LIMITS,
      contactAtMs: nowMs,
      observabilityPlane: sample.id === 'missing-reference' ? 'missing' : 'none',
      // The simulated controller runs. That its Lease proves it is tested with the server that reads it.
      controller: { lease: 'read', provenAt: new Date(nowMs).toISOString() },
    };
    return deriveHealth(parsePlane(entry, raw, featuresOf(release, sample.kind)), facts, nowMs);
  }

  test.each(sampleFleet(release).map((sample) => [sample.id, sample] as const))(
    'shows the sample %s in its expected state',
    async (_id, sample) => {
      const { state, reasonCodes = [], later } = sample.expected;
      const health = await healthOf(sample);
      const codes = health.reasons.map((reason) => reason.code);
      const inside = reasonCodes.filter((code) => !OUTSIDE.has(code));
      expect(codes).toEqual(expect.arrayContaining(inside));
      // A plane whose only reasons come from outside is healthy without them.
      const onlyOutside = reasonCodes.length > 0 && inside.length === 0;
      expect(health.state).toBe(onlyOutside ? 'healthy' : state);
      if (later) expect((await healthOf(sample, later.afterMs + 60_000)).state).toBe(later.state);
    },
  );

  test('contains exactly the listed samples', async () => {
    const lists = await Promise.all(
      PLANE_KINDS.map((entry) =>
        demo.controlPlane.client.find<{ items: unknown[] }>(`/apis/openchoreo.dev/v1alpha1/${entry.plural}`),
      ),
    );
    const count = lists.reduce((sum, list) => sum + (list?.items.length ?? 0), 0);
    expect(count).toBe(demo.fleet.samples.length);
  });
});
