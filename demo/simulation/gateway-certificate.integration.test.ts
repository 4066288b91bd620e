import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import type { DemoControlPlane } from '@/demo/demo-control-plane';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { readSecret } from '@/testing/control-plane/kube-objects';
import { sharedDemo } from '@/testing/control-plane/shared-demo';

let demo: DemoControlPlane<ControlPlaneAccess>;

beforeAll(async () => {
  demo = await sharedDemo({ samples: false });
});
afterAll(async () => {
  await demo?.stop();
});

test('the Secret of the serving certificate has the keys of a real one, and the published CA verifies it', async () => {
  const { client } = demo.controlPlane;
  const serving = await readSecret(client, CONTROL_PLANE_NAMESPACE, 'cluster-gateway-tls');
  const ca = await readSecret(client, CONTROL_PLANE_NAMESPACE, 'cluster-gateway-ca');
  expect(Object.keys(serving ?? {}).sort()).toEqual(['ca.crt', 'tls.crt', 'tls.key']);
  expect(serving?.['ca.crt']).toBe(ca?.['ca.crt']);
  const { publicKey } = new X509Certificate(ca?.['ca.crt'] ?? '');
  expect(new X509Certificate(serving?.['tls.crt'] ?? '').verify(publicKey)).toBe(true);
});
