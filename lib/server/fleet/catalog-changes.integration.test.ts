import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ControlPlane } from '@/demo/control-plane/control-plane';
import { installCrds, installProfile } from '@/demo/crds/install-profile';
import { crdsOf } from '@/demo/crds/profiles';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import { planeNamed, startRuntime, until, untilLive } from '@/testing/server/test-runtime';

let demo: BareControlPlane<ControlPlane>;
let writer: DataPlaneWriter;
let runtime: Runtime;

beforeAll(async () => {
  demo = await ownControlPlane('1.2');
  writer = new DataPlaneWriter(demo.controlPlane.client);
});
afterAll(async () => {
  await demo?.stop();
});
afterEach(async () => {
  await runtime.stop();
});

const plurals = () => runtime.engine.sources.plurals();

describe('a running server', () => {
  test('drops the planes of a removed kind, and follows the kind again once it is reinstalled', async () => {
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

  test('reads planes again after an upgrade, with the fields that the new release adds', async () => {
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

  test('says at once that an upgrade left build planes without a controller', async () => {
    await installCrds(demo.controlPlane.client, []);
    await installProfile(demo.controlPlane.client, '0.16');
    const builds = `/apis/${PLANE_API_VERSION}/namespaces/default/buildplanes`;
    await demo.controlPlane.client.post(builds, {
      apiVersion: PLANE_API_VERSION,
      kind: 'BuildPlane',
      metadata: { name: 'ci' },
      spec: { planeID: 'ci', clusterAgent: { clientCA: {} } },
    });
    await demo.controlPlane.client.patch(`${builds}/ci/status`, { status: connectedStatus({}) });
    runtime = startRuntime(demo.controlPlane.kubeconfigPath);
    const codes = () =>
      runtime.engine.find('BuildPlane', 'default', 'ci')?.health?.reasons.map((r) => r.code);
    await until(runtime, () => codes()?.includes('certificate-absent') === true);
    expect(codes()).not.toContain('kind-unreconciled');

    const leftOver = crdsOf('0.16').filter(({ spec }) => spec.names.kind === 'BuildPlane');
    await installCrds(demo.controlPlane.client, [...crdsOf('1.2'), ...leftOver]);
    await until(runtime, () => codes()?.[0] === 'kind-unreconciled');
  });

  test('reports an installation without plane kinds until some are installed', async () => {
    await installCrds(demo.controlPlane.client, []);
    runtime = startRuntime(demo.controlPlane.kubeconfigPath);
    await until(runtime, () => runtime.engine.apiServer.wire().state === 'none-installed');
    expect(runtime.engine.sources.wire()).toEqual([]);

    await installProfile(demo.controlPlane.client, '1.0');
    await untilLive(runtime);
    expect(runtime.engine.apiServer.wire().state).toBe('reachable');
  });
});
