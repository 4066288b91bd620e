import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installProfile } from '@/demo/crds/install-profile';
import { crdsOf, RELEASES } from '@/demo/crds/profiles';
import { type DemoControlPlane, startDemoControlPlane } from '@/demo/demo-control-plane';
import { KubeClient } from './kube-client';

let demo: DemoControlPlane;

beforeAll(async () => {
  demo = await startDemoControlPlane();
});
afterAll(async () => {
  await demo.stop();
});

describe('the control plane', () => {
  test.each(RELEASES)('serves exactly the kinds of release %s after another release', async (release) => {
    await installProfile(demo.controlPlane.client, release);
    const { items } = await demo.controlPlane.client.get<{ items: { metadata: { name: string } }[] }>(
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    );
    expect(items.map((item) => item.metadata.name).sort()).toEqual(
      crdsOf(release)
        .map((crd) => crd.metadata.name)
        .sort(),
    );
  });

  test('keeps its address and data when the API server is killed and restarted', async () => {
    const { controlPlane } = demo;
    await controlPlane.client.post('/api/v1/namespaces', { metadata: { name: 'kept' } });
    const before = controlPlane.pids.apiServer;

    await controlPlane.killApiServer();
    await expect(controlPlane.client.get('/api/v1/namespaces/kept')).rejects.toThrow();
    await controlPlane.startApiServer();

    expect(controlPlane.pids.apiServer).not.toBe(before);
    const namespace = await controlPlane.client.get('/api/v1/namespaces/kept');
    expect(namespace.metadata.name).toBe('kept');
  });

  test('authenticates another user by certificate, with only the rights that RBAC grants', async () => {
    const user = await demo.controlPlane.addUser({ name: 'jane', groups: ['auditors'] });
    const client = new KubeClient(user, 1);
    try {
      const review = await client.post<{ status: { userInfo: { username: string; groups: string[] } } }>(
        '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
      );
      expect(review.status.userInfo.username).toBe('jane');
      expect(review.status.userInfo.groups).toContain('auditors');
      await expect(client.get('/api/v1/namespaces')).rejects.toMatchObject({ status: 403 });
    } finally {
      await client.close();
    }
  });

  test('rejects a user whose certificate has expired', async () => {
    const user = await demo.controlPlane.addUser({ name: 'late', groups: ['system:masters'], days: -1 });
    const client = new KubeClient(user, 1);
    try {
      await expect(client.get('/api/v1/namespaces')).rejects.toMatchObject({ status: 401 });
    } finally {
      await client.close();
    }
  });
});
