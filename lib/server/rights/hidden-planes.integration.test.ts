import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLANE_GROUP, PLANE_KINDS } from '@/lib/plane/model/kinds';
import { getPlaneDetail } from '@/lib/server/fleet/read-plane';
import { getPlaneHistory } from '@/lib/server/history/get-plane-history';
import { getRelatedResources } from '@/lib/server/related/related-resources';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { createWallToken } from '@/lib/server/wall/wall-tokens';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { TestPlanes } from '@/testing/control-plane/test-planes';
import { createPerson, type Grant, SORTS } from '@/testing/rights/test-people';
import { captureLog, startProcessRuntime, stopProcessRuntime, until } from '@/testing/server/test-runtime';
import type { Caller } from './caller';
import { callerOfToken } from './token-caller';

const CONTROL_PLANE_NAMESPACE = 'openchoreo-control-plane';
const VIEWER = SORTS["two namespaces' viewer"];
const MAY_WRITE_LINKS: Grant = {
  namespace: CONTROL_PLANE_NAMESPACE,
  rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'create', 'patch'] }],
};

let bare: BareControlPlane;
let runtime: Runtime;
let planes: TestPlanes;

beforeAll(async () => {
  captureLog();
  bare = await sharedControlPlane();
  await ensureNamespace(bare.controlPlane.client, CONTROL_PLANE_NAMESPACE);
  planes = await TestPlanes.create(bare.controlPlane);
  await planes.add(
    { kind: 'DataPlane', namespace: 'acme', name: 'own', planeID: 'shared-id' },
    { kind: 'DataPlane', namespace: 'gamma', name: 'hidden', planeID: 'shared-id' },
    { kind: 'ClusterDataPlane', name: 'hidden', planeID: 'shared-id' },
  );
  runtime = await startProcessRuntime(bare.controlPlane.kubeconfigPath);
  await until(runtime, () => [...runtime.engine.planes()].length === 3);
});
afterAll(async () => {
  await stopProcessRuntime(runtime);
  await bare?.stop();
});

async function callerWith(name: string, grants: readonly Grant[]): Promise<Caller> {
  const { token } = await createPerson(bare.controlPlane, name, grants);
  return callerOfToken(token, { id: 'test', source: null });
}

const failureOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    ({ code, message }: { code: string; message: string }) => ({ code, message }),
  );

describe('a plane that a person may not see', () => {
  test.each([
    ['detail', getPlaneDetail],
    ['history', getPlaneHistory],
    ['related resources', getRelatedResources],
  ])('answers a request for its %s like one that does not exist', async (part, read) => {
    const caller = await callerWith(`viewer-${part.replace(' ', '-')}`, VIEWER);
    for (const place of [{ plural: 'dataplanes', namespace: 'gamma' }, { plural: 'clusterdataplanes' }]) {
      const [hidden, missing] = await Promise.all(
        ['hidden', 'missing'].map((name) => failureOf(read(caller, { ...place, name } as never))),
      );
      expect(hidden?.code).toBe('forbidden');
      expect(missing).toEqual({ ...hidden, message: hidden?.message.replace('hidden', 'missing') });
    }
  });

  test('has no part in the facts and counts of another', async () => {
    const caller = await callerWith('viewer-facts', VIEWER);
    const own = { plural: 'dataplanes', namespace: 'acme', name: 'own' } as const;
    const { plane } = await getPlaneDetail(caller, own);
    expect(plane.facts.siblings).toBe(0);
    const { related } = await getRelatedResources(caller, own);
    expect(JSON.stringify(related)).not.toMatch(/gamma|"hidden"/);
  });
});

describe('the link of a wall', () => {
  const LIMITS = { kinds: [], roles: [], namespaces: [] };
  const create = (caller: Caller, namespaces: readonly string[]) =>
    createWallToken(caller, { title: 'Lobby', limits: { ...LIMITS, namespaces: [...namespaces] } });

  test('requires permission to list every plane that it shows', async () => {
    const viewer = await callerWith('viewer-wall', [...VIEWER, MAY_WRITE_LINKS]);
    for (const namespaces of [[], ['gamma'], ['acme', 'gamma']])
      await expect(create(viewer, namespaces)).rejects.toThrow(
        /^This link would show planes that you can't list\. Ask an administrator for permission to list /,
      );
    await expect(create(viewer, ['acme', 'beta'])).resolves.toHaveProperty('token');
    const kinds = PLANE_KINDS.filter(({ plural }) => plural !== 'buildplanes').map(({ plural }) => plural);
    const rules = [{ apiGroups: [PLANE_GROUP], resources: kinds, verbs: ['get', 'list', 'watch'] }];
    const installedOnly = await callerWith('installed-wall', [{ rules }, MAY_WRITE_LINKS]);
    // The release here doesn't serve build planes, but a link would show them as soon as one does.
    await expect(create(installedOnly, [])).rejects.toThrow(/permission to list buildplanes/);
    const limits = { ...LIMITS, kinds: ['DataPlane'] };
    await expect(createWallToken(installedOnly, { title: 'Lobby', limits })).resolves.toHaveProperty('token');
    const admin = await callerWith('admin-wall', [...SORTS['plane admin'], MAY_WRITE_LINKS]);
    await expect(create(admin, [])).resolves.toHaveProperty('token');
  });
});
