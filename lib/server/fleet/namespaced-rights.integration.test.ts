import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { getFleetSnapshot } from '@/lib/server/feed/get-fleet';
import { processSlot } from '@/lib/server/process/process-slot';
import type { Caller } from '@/lib/server/rights/caller';
import { callerOfToken } from '@/lib/server/rights/token-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { createWallToken } from '@/lib/server/wall/wall-tokens';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { FaultProxy } from '@/testing/control-plane/fault-proxy';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { tokenKubeconfig } from '@/testing/control-plane/kubeconfig';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import { TestPlanes } from '@/testing/control-plane/test-planes';
import { createPerson, type Grant, grantTo, revokeFrom, SORTS } from '@/testing/rights/test-people';
import {
  captureLog,
  planeNamed,
  planesOf,
  startRuntime,
  stopProcessRuntime,
  until,
} from '@/testing/server/test-runtime';

const ACCOUNT = 'planeboard-account';
const LATER = 'made-later';
const CONTROL_PLANE_NAMESPACE = 'openchoreo-control-plane';
const inNamespace = (namespace: string): Grant => ({
  namespace,
  rules: [{ apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list', 'watch'] }],
});

let bare: BareControlPlane;
let runtime: Runtime | undefined;
let planes: TestPlanes;
let kubeconfigPath: string;

beforeAll(async () => {
  captureLog();
  bare = await sharedControlPlane();
  planes = await TestPlanes.create(bare.controlPlane);
  await ensureNamespace(bare.controlPlane.client, CONTROL_PLANE_NAMESPACE);
  const status = connectedStatus();
  await planes.add(
    { kind: 'DataPlane', namespace: 'acme', name: 'prod', status },
    { kind: 'DataPlane', namespace: 'beta', name: 'ci', status },
    { kind: 'DataPlane', namespace: 'gamma', name: 'hidden', status },
  );
  const grants = [inNamespace('acme'), inNamespace('beta')];
  const { token } = await createPerson(bare.controlPlane, ACCOUNT, grants);
  kubeconfigPath = await tokenKubeconfig(bare.controlPlane, bare.folder, token);
});
afterEach(async () => {
  await stopProcessRuntime(runtime);
  captureLog();
});
afterAll(() => bare?.stop());

async function start(path: string, namespaces: readonly string[], contactLostMs?: number): Promise<Runtime> {
  const limits = contactLostMs === undefined ? {} : { contactLostMs };
  const started = startRuntime(path, limits, 'token', namespaces);
  runtime = started;
  processSlot('runtime', () => started);
  await until(started, () => started.engine.sources.plurals().includes('dataplanes'));
  return started;
}

const namesIn = (of: Runtime) =>
  planesOf(of)
    .map(({ name }) => name)
    .toSorted();
const stateIn = (of: Runtime, namespace: string) =>
  of.engine.sources.stateOf({ plural: 'dataplanes', namespace });
const partsOf = (sources: Awaited<ReturnType<typeof getFleetSnapshot>>['sources']) =>
  sources.find(({ plural }) => plural === 'dataplanes')?.namespaces?.map(({ namespace }) => namespace);

describe('a namespace', () => {
  test('that Planeboard may no longer list takes only its own planes along, and brings them back', async () => {
    const started = await start(kubeconfigPath, ['acme', 'beta']);
    await until(started, () => namesIn(started).join() === 'ci,prod');
    await revokeFrom(bare.controlPlane, ACCOUNT, 'beta');
    // The watch fails first, and then the list.
    await until(started, () => namesIn(started).join() === 'prod');
    expect(stateIn(started, 'beta')).toBe('forbidden');
    expect(planeNamed(started, 'prod')?.health.state).toBe('healthy');
    const source = started.engine.sources.wire().find(({ plural }) => plural === 'dataplanes');
    expect(source).toMatchObject({ state: 'live', partial: true });
    expect(source?.namespaces?.[1]).toMatchObject({
      namespace: 'beta',
      problem: expect.stringMatching(/dataplanes.*beta/),
    });
    await grantTo(bare.controlPlane, ACCOUNT, [inNamespace('beta')]);
    await until(started, () => namesIn(started).join() === 'ci,prod');
    await until(started, () => stateIn(started, 'beta') === 'live');
  });

  test('that is created later appears with its planes', async () => {
    const started = await start(kubeconfigPath, ['acme', LATER]);
    await until(started, () => namesIn(started).join() === 'prod');
    await until(started, () => stateIn(started, LATER) === 'forbidden');
    await grantTo(bare.controlPlane, ACCOUNT, [inNamespace(LATER)]);
    await planes.add({ kind: 'DataPlane', namespace: LATER, name: 'young', status: connectedStatus() });
    await until(started, () => planeNamed(started, 'young') !== undefined);
    expect(namesIn(started)).toEqual(['prod', 'young']);
  });

  test('without contact has unknown planes, and those of others stay healthy', async () => {
    const proxy = await FaultProxy.start(bare.controlPlane, bare.folder);
    try {
      const started = await start(proxy.kubeconfigPath, ['acme', 'beta'], 3000);
      await until(started, () => namesIn(started).join() === 'ci,prod');
      const stateOf = (name: string) => planeNamed(started, name)?.health.state;
      await until(started, () => stateOf('ci') === 'healthy' && stateOf('prod') === 'healthy');
      proxy.rule = (path) => (path.includes('/namespaces/beta/dataplanes') ? 'cut' : undefined);
      proxy.cut();
      await until(started, () => stateOf('ci') === 'unknown');
      expect(stateIn(started, 'beta')).toBe('lost');
      await until(started, () => stateIn(started, 'acme') === 'live');
      expect(stateOf('prod')).toBe('healthy');
      proxy.rule = undefined;
      await until(started, () => stateOf('ci') === 'healthy');
    } finally {
      await proxy.stop();
    }
  });
});

describe('a person', () => {
  async function callerWith(name: string, grants: readonly Grant[]): Promise<Caller> {
    const { token } = await createPerson(bare.controlPlane, name, grants);
    return callerOfToken(token, { id: 'test', source: null });
  }
  const started = async () => {
    const running = await start(kubeconfigPath, ['acme', 'beta']);
    await until(running, () => namesIn(running).join() === 'ci,prod');
    return running;
  };

  test('sees no more than Planeboard, and no more than they may', async () => {
    await started();
    const seenBy = async (caller: Caller) => {
      const { planes: seen, sources } = await getFleetSnapshot(caller);
      return [seen.map(({ name }) => name).toSorted(), partsOf(sources)];
    };
    const admin = await callerWith('admin-of-all', SORTS['plane admin']);
    expect(await seenBy(admin)).toEqual([
      ['ci', 'prod'],
      ['acme', 'beta'],
    ]);
    const ofAcme = await callerWith('viewer-of-acme', [inNamespace('acme')]);
    expect(await seenBy(ofAcme)).toEqual([['prod'], ['acme']]);
    const ofGamma = await callerWith('viewer-of-gamma', [inNamespace('gamma')]);
    expect(await seenBy(ofGamma)).toEqual([[], undefined]);
    expect(JSON.stringify(await getFleetSnapshot(ofAcme))).not.toMatch(/beta|gamma|hidden/);
  });

  test('may create a link for a wall with permission to list what Planeboard shows', async () => {
    await started();
    const mayWrite: Grant = {
      namespace: CONTROL_PLANE_NAMESPACE,
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'create', 'patch'] }],
    };
    const limits = { kinds: ['DataPlane'], roles: [], namespaces: [] };
    const viewer = await callerWith('viewer-of-both', [inNamespace('acme'), inNamespace('beta'), mayWrite]);
    expect(await createWallToken(viewer, { title: 'Lobby', limits })).toHaveProperty('token');
    const ofAcme = await callerWith('wall-of-acme', [inNamespace('acme'), mayWrite]);
    await expect(createWallToken(ofAcme, { title: 'Lobby', limits })).rejects.toThrow(
      /in the namespace beta/,
    );
  });
});
