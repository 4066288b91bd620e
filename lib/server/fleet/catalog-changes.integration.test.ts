import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { installCrds, installProfile } from '@/demo/crds/install-profile';
import { crdsOf } from '@/demo/crds/profiles';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, startBareControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { planeNamed, startRuntime, until, untilLive } from '@/testing/server/test-runtime';

let demo: BareControlPlane;
let writer: DataPlaneWriter;
let runtime: Runtime;

beforeAll(async () => {
  demo = await startBareControlPlane('1.2');
  writer = new DataPlaneWriter(demo.controlPlane.client);
});
afterAll(async () => {
  await demo?.stop();
});
afterEach(async () => {
  await runtime.stop();
});

const plurals = () => runtime.engine.sources.plurals();

describe('kinds that come and go while the server runs', () => {
  test('a removed kind takes its planes along and comes back when it is installed again', async () => {
    await writer.create('prod');
    runtime = startRuntime(demo.controlPlane.kubeconfigPath);
    await untilLive(runtime);
    expect(planeNamed(runtime, 'prod')).toBeDefined();

    const others = crdsOf('1.2').filter((crd) => crd.spec.names.plural !== 'dataplanes');
    await installCrds(demo.controlPlane.client, others);
    await until(runtime, () => !plurals().includes('dataplanes'));
    expect(planeNamed(runtime, 'prod')).toBeUndefined();
    expect(plurals()).toContain('clusterdataplanes');

    await installProfile(demo.controlPlane.client, '1.2');
    await writer.create('prod-again');
    await until(runtime, () => planeNamed(runtime, 'prod-again') !== undefined);
    await untilLive(runtime);
  });

  test('an upgraded kind is read anew: planes of the oldest release get what the newest adds', async () => {
    await installCrds(demo.controlPlane.client, []);
    await installProfile(demo.controlPlane.client, '0.3');
    await writer.createRaw('old', {
      kubernetesCluster: {
        name: 'old',
        credentials: {
          apiServerURL: 'https://192.0.2.1',
          caCert: 'Yw==',
          clientCert: 'Yw==',
          clientKey: 'Yw==',
        },
      },
      registry: { prefix: 'registry.example.com', secretRef: 'registry' },
      gateway: { publicVirtualHost: 'a.example.com', organizationVirtualHost: 'b.example.com' },
    });
    runtime = startRuntime(demo.controlPlane.kubeconfigPath);
    await until(runtime, () => planeNamed(runtime, 'old')?.connection === 'direct');
    expect(planeNamed(runtime, 'old')).toMatchObject({ planeID: null, reportsAgent: false });
    expect(plurals().toSorted()).toEqual(['buildplanes', 'dataplanes']);

    await installProfile(demo.controlPlane.client, '1.2');
    await until(runtime, () => planeNamed(runtime, 'old')?.connection === 'agent');
    expect(planeNamed(runtime, 'old')).toMatchObject({ planeID: 'old', reportsAgent: true });
    await until(runtime, () => plurals().includes('clusterworkflowplanes'));
    expect(plurals()).not.toContain('buildplanes');
  });

  test('an installation without any plane kind is said to have none, until there are some', async () => {
    await installCrds(demo.controlPlane.client, []);
    runtime = startRuntime(demo.controlPlane.kubeconfigPath);
    await until(runtime, () => runtime.engine.apiServer.wire().state === 'none-installed');
    expect(runtime.engine.sources.wire()).toEqual([]);

    await installProfile(demo.controlPlane.client, '1.0');
    await untilLive(runtime);
    expect(runtime.engine.apiServer.wire().state).toBe('reachable');
  });
});
