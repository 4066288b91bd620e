import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { GET as wallData } from '@/app/wall/data/route';
import { problemSchema } from '@/lib/api/problem';
import { DAY_MS } from '@/lib/plane/time/duration';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { callerOf } from '@/testing/server/test-caller';
import { captureLog, startProcessRuntime, stopProcessRuntime } from '@/testing/server/test-runtime';
import { createWallToken, listWallTokens, revokeWallToken } from './wall-tokens';

const NAMESPACE = 'openchoreo-control-plane';
const CONFIG_MAP = `/api/v1/namespaces/${NAMESPACE}/configmaps/planeboard-wall`;
const NEW = { title: 'Lobby', limits: { kinds: [], roles: [], namespaces: ['acme'] } };
const LINKS = { keys: [new Uint8Array(32).fill(7)], lifeMs: 30 * DAY_MS };

let bare: BareControlPlane;
let runtime: Runtime;
let log: string[];
let admin: ReturnType<typeof callerOf>;

beforeAll(async () => {
  log = captureLog();
  bare = await sharedControlPlane();
  await ensureNamespace(bare.controlPlane.client, NAMESPACE);
  vi.stubEnv('PLANEBOARD_WALL_LINK_DAYS', '30');
  vi.stubEnv('PLANEBOARD_WALL_KEYS', Buffer.from(LINKS.keys[0] ?? []).toString('base64'));
  runtime = await startProcessRuntime(bare.controlPlane.kubeconfigPath, {}, 'token', [], LINKS);
  admin = callerOf('admin', bare.controlPlane.kubeconfigPath);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await admin?.close();
  await stopProcessRuntime(runtime);
  await bare?.stop();
});

/** Returns what the audit log says about links. */
function linkEvents(): unknown[] {
  const lines = log.map((line) => JSON.parse(line) as { event?: string });
  return lines.filter(({ event }) => event?.startsWith('wall-link'));
}

async function answerTo(token: string): Promise<{ status: number; code?: string; detail?: string }> {
  await runtime.wall.tokensChanged();
  const response = await wallData(
    new Request('http://127.0.0.1/wall/data', {
      headers: { host: '127.0.0.1', cookie: `planeboard_wall=${token}` },
    }),
  );
  if (response.status === 200) return { status: 200 };
  const { status, code, detail } = problemSchema.parse(await response.json());
  return { status, code, ...(detail === undefined ? {} : { detail }) };
}

const stateOf = async (id: string) =>
  (await listWallTokens(admin.caller)).tokens.find((token) => token.id === id)?.state;

const store = (data: Readonly<Record<string, string>>) =>
  bare.controlPlane.client.patch(CONFIG_MAP, { data });

const stored = async (id: string) =>
  (await bare.controlPlane.client.get<{ data: Record<string, string> }>(CONFIG_MAP)).data[id] ?? '';

test('a link ends after the configured days, on the clock of the API server', async () => {
  const { id, token, endsAt } = await createWallToken(admin.caller, NEW);
  expect(Math.abs(Date.parse(endsAt) - (runtime.clock.nowMs() + LINKS.lifeMs))).toBeLessThan(60_000);
  expect(await answerTo(token)).toEqual({ status: 200 });
  const now = vi.spyOn(runtime.clock, 'nowMs').mockReturnValue(Date.parse(endsAt));
  try {
    expect(await answerTo(token)).toEqual({
      status: 403,
      code: 'wall-ended',
      detail: 'This wall link has ended. Open a new one to see the wall.',
    });
    expect(await stateOf(id)).toBe('ended');
    await answerTo(token);
  } finally {
    now.mockRestore();
  }
});

test('the audit log has the creation, the end and the revocation of a link', async () => {
  log.length = 0;
  const { id, token, endsAt } = await createWallToken(admin.caller, NEW);
  const now = vi.spyOn(runtime.clock, 'nowMs').mockReturnValue(Date.parse(endsAt));
  await answerTo(token);
  await answerTo(token);
  now.mockRestore();
  await revokeWallToken(admin.caller, id);
  expect(linkEvents()).toMatchObject([
    { log: 'audit', event: 'wall-link-created', user: 'admin', link: id, ...NEW, endsAt },
    { log: 'audit', event: 'wall-link-ended', user: null, link: id, endsAt },
    { log: 'audit', event: 'wall-link-revoked', user: 'admin', link: id },
  ]);
  expect(log.join()).not.toContain(token);
});

test('limits that were edited in the ConfigMap widen nothing', async () => {
  const { id, token } = await createWallToken(admin.caller, NEW);
  const [header, payload = '', signature] = (await stored(id)).split('.');
  const content = JSON.parse(Buffer.from(payload, 'base64url').toString()) as typeof NEW & { id: string };
  expect(content).toMatchObject({ id, limits: NEW.limits });
  const wide = { ...content, limits: { ...NEW.limits, namespaces: [] } };
  const edited = Buffer.from(JSON.stringify(wide)).toString('base64url');
  const plain = { ...wide, id: undefined };
  for (const text of [[header, edited, signature].join('.'), JSON.stringify(plain)]) {
    await store({ [id]: text });
    expect(await answerTo(token)).toMatchObject({ status: 403, code: 'wall-not-authentic' });
    expect(await stateOf(id)).toBe('not-authentic');
  }
});

test('an open stream ends when its link does', async () => {
  const { id, token, endsAt } = await createWallToken(admin.caller, NEW);
  expect(await answerTo(token)).toEqual({ status: 200 });
  const { tokenCache, hub } = runtime.wall;
  const sha256 = tokenCache.find(id)?.sha256 ?? '';
  const view = {
    limits: NEW.limits,
    filter: { kinds: [], roles: [], namespaces: [], labels: [], health: [] },
    group: null,
  };
  const reader = hub.open(view, { id, sha256 }).getReader();
  expect((await reader.read()).done).toBe(false);
  const now = vi.spyOn(runtime.clock, 'nowMs').mockReturnValue(Date.parse(endsAt));
  try {
    hub.checkTokens();
    let isDone = false;
    while (!isDone) isDone = (await reader.read()).done;
    expect(isDone).toBe(true);
  } finally {
    now.mockRestore();
  }
});
