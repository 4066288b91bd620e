import { afterAll, beforeAll, expect, test } from 'vitest';
import { processSlot } from '@/lib/server/process/process-slot';
import type { Caller } from '@/lib/server/rights/caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { grant, type Rule } from '@/testing/control-plane/kube-objects';
import { callerOf } from '@/testing/server/test-caller';
import { captureLog, startRuntime } from '@/testing/server/test-runtime';
import { createWallToken, listWallTokens, revokeWallToken } from './wall-tokens';

const NAMESPACE = 'openchoreo-control-plane';
const NEW = { title: 'Lobby', limits: { kinds: [], roles: [], namespaces: [] } };

let demo: BareControlPlane;
let runtime: Runtime;
const open: (() => Promise<void>)[] = [];

beforeAll(async () => {
  captureLog();
  demo = await sharedControlPlane();
  runtime = startRuntime(demo.controlPlane.kubeconfigPath);
  processSlot('runtime', () => runtime);
});
afterAll(async () => {
  for (const close of open) await close();
  await runtime?.stop();
  await demo?.stop();
});

/** Creates a user with only these rights to ConfigMaps of the control plane's namespace. */
async function userWith(
  name: string,
  verbs: readonly string[],
  resourceNames?: readonly string[],
): Promise<Caller> {
  const rule: Rule & { resourceNames?: readonly string[] } = {
    apiGroups: [''],
    resources: ['configmaps'],
    verbs,
    ...(resourceNames ? { resourceNames } : {}),
  };
  if (verbs.length > 0) await grant(demo.controlPlane.client, name, [rule], NAMESPACE);
  const { kubeconfigPath } = await demo.controlPlane.addUser({ name });
  const { caller, close } = callerOf(name, kubeconfigPath);
  open.push(close);
  return caller;
}

test('names a missing namespace', async () => {
  const admin = callerOf('admin', demo.controlPlane.kubeconfigPath);
  open.push(admin.close);
  await expect(createWallToken(admin.caller, NEW)).rejects.toMatchObject({ code: 'not-found' });
  await expect(createWallToken(admin.caller, NEW)).rejects.toThrow(NAMESPACE);
  await demo.controlPlane.client.post('/api/v1/namespaces', { metadata: { name: NAMESPACE } });
  const { id } = await createWallToken(admin.caller, NEW);
  expect((await listWallTokens(admin.caller)).tokens.map((token) => token.id)).toEqual([id]);
});

test('names the missing right to write, before and during an attempt', async () => {
  const reader = await userWith('reader', ['get']);
  expect(await listWallTokens(reader)).toMatchObject({
    state: 'listed',
    mayChange: false,
    missingRight: `Ask an administrator for permission to patch configmaps (planeboard-wall) in the namespace ${NAMESPACE}.`,
  });
  const { tokens } = await listWallTokens(reader);
  const attempts = [() => createWallToken(reader, NEW), () => revokeWallToken(reader, tokens[0]?.id ?? '')];
  for (const attempt of attempts) {
    await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' });
    await expect(attempt()).rejects.toThrow(/cannot patch resource "configmaps" .* in the namespace/);
  }
});

test('shows no tokens without the right to read, and names that right', async () => {
  const nobody = await userWith('nobody', []);
  expect(await listWallTokens(nobody)).toEqual({
    mode: 'token',
    lifeDays: 180,
    state: 'not-visible',
    mayChange: false,
    missingRight: `Ask an administrator for permission to get configmaps (planeboard-wall) in the namespace ${NAMESPACE}.`,
    tokens: [],
  });
  await expect(createWallToken(nobody, NEW)).rejects.toThrow(/cannot get resource "configmaps"/);
});

test('requires only the right to one ConfigMap', async () => {
  const manager = await userWith('keeper', ['get', 'patch'], ['planeboard-wall']);
  expect(await listWallTokens(manager)).toMatchObject({ mayChange: true, missingRight: null });
  const { id } = await createWallToken(manager, NEW);
  const { tokens } = await listWallTokens(manager);
  expect(tokens.find((token) => token.id === id)).toMatchObject({ createdBy: 'keeper', seenAt: null });
  await revokeWallToken(manager, id);
  expect((await listWallTokens(manager)).tokens.some((token) => token.id === id)).toBe(false);
});

/** Answers a caller's writes with this, and sends them or not. */
function answeredWith(caller: Caller, body: unknown, isSent: boolean): Caller {
  const client = Object.create(caller.client) as Caller['client'];
  client.request = async (options) => {
    const isWrite = options.method === 'PATCH';
    const answer = isWrite && !isSent ? null : await caller.client.request(options);
    return isWrite || answer === null ? { status: 200, etag: null, body, warnings: [] } : answer;
  };
  return { ...caller, client };
}

test('neither creates nor revokes a link without an answer that proves it, and looks it up', async () => {
  const { caller, close } = callerOf('admin', demo.controlPlane.kubeconfigPath);
  open.push(close);
  const ids = async () => (await listWallTokens(caller)).tokens.map(({ id }) => id);
  const before = await ids();
  const stored = await caller.client.request({
    path: `/api/v1/namespaces/${NAMESPACE}/configmaps/planeboard-wall`,
  });
  for (const body of [null, {}, stored.body]) {
    const unsent = answeredWith(caller, body, false);
    await expect(createWallToken(unsent, NEW)).rejects.toMatchObject({ code: 'bad-answer' });
    await expect(revokeWallToken(unsent, before[0] ?? '')).rejects.toMatchObject({ code: 'bad-answer' });
    expect(await ids()).toEqual(before);
  }
  const { id } = await createWallToken(answeredWith(caller, null, true), NEW);
  expect(await ids()).toContain(id);
  await revokeWallToken(answeredWith(caller, null, true), id);
  expect(await ids()).toEqual(before);
});

test('limits the number of tokens', async () => {
  const manager = await userWith('hoarder', ['get', 'patch'], ['planeboard-wall']);
  const { tokens } = await listWallTokens(manager);
  const stored = JSON.stringify({ ...NEW, sha256: 'a'.repeat(64), createdAt: '', createdBy: null });
  const more = Array.from({ length: 100 - tokens.length }, (_, index) => [`more-${index}`, stored]);
  await demo.controlPlane.client.patch(`/api/v1/namespaces/${NAMESPACE}/configmaps/planeboard-wall`, {
    data: Object.fromEntries(more),
  });
  await expect(createWallToken(manager, NEW)).rejects.toMatchObject({ code: 'bad-request' });
});
