import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DELETE, GET, PATCH, POST, PUT } from '@/app/api/wall-preview/route';
import { POST as createToken } from '@/app/api/wall-tokens/route';
import { GET as wallData } from '@/app/wall/data/route';
import { problemSchema } from '@/lib/api/problem';
import { wallFrameSchema, wallTokenAnswerSchema } from '@/lib/api/wall';
import { processSlot } from '@/lib/server/process/process-slot';
import { type View, WHOLE_FLEET } from '@/lib/server/rights/view';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { TestPlanes } from '@/testing/control-plane/test-planes';
import { captureLog, planesOf, startRuntime, until, untilLive } from '@/testing/server/test-runtime';

const rights = vi.hoisted(() => ({
  key: 'some',
  sees: null as View['sees'] | null,
  reachOf: (() => 'some') as View['reachOf'],
}));
vi.mock(import('@/lib/server/rights/view-of'), () => ({
  viewOf: async (): Promise<View> =>
    rights.sees ? { key: rights.key, sees: rights.sees, reachOf: rights.reachOf } : WHOLE_FLEET,
}));

let demo: BareControlPlane;
let runtime: Runtime;

beforeAll(async () => {
  captureLog();
  demo = await sharedControlPlane();
  const { client } = demo.controlPlane;
  await client.post('/api/v1/namespaces', { metadata: { name: 'openchoreo-control-plane' } });
  const planes = await TestPlanes.create(demo.controlPlane);
  await planes.add(
    {
      kind: 'DataPlane',
      namespace: 'acme',
      name: 'prod',
      displayName: 'Production',
      description: 'canary-description',
      labels: { region: 'eu', other: 'canary-label' },
      annotations: { 'example.com/note': 'canary-annotation' },
      planeID: 'canary-plane-id',
    },
    { kind: 'WorkflowPlane', namespace: 'globex', name: 'ci' },
    { kind: 'ClusterDataPlane', name: 'shared', planeID: 'shared' },
  );
  runtime = startRuntime(demo.controlPlane.kubeconfigPath);
  processSlot('runtime', () => runtime);
  await untilLive(runtime);
  await until(runtime, () => planesOf(runtime).length === 3);
});
afterAll(async () => {
  await runtime?.stop();
  await demo?.stop();
});

const ask = (query = '', headers: Record<string, string> = {}) =>
  new Request(`http://127.0.0.1/api/wall-preview${query}`, { headers: { host: '127.0.0.1', ...headers } });

async function frameFor(query: string) {
  const answer = await GET(ask(query));
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  return wallFrameSchema.parse(await answer.json());
}

const namesFor = async (query: string) => (await frameFor(query)).planes.map(({ name }) => name).sort();

test.each([
  ['', ['ci', 'prod', 'shared']],
  ['?role=data', ['prod', 'shared']],
  ['?role=data&namespace=acme', ['prod']],
  ['?kind=ClusterDataPlane&kind=WorkflowPlane', ['ci', 'shared']],
  ['?health=healthy', []],
  ['?role=everything', []],
  ['?title=Lobby&theme=dark&seconds=20', ['ci', 'prod', 'shared']],
])('%j shows what a wall with that query shows', async (query, names) => {
  expect(await namesFor(query)).toEqual(names);
});

test("the preview equals the wall's frame and contains only what the contract allows", async () => {
  const query = '?role=data&group=label:region';
  const text = await (await GET(ask(query))).text();
  expect(text).not.toMatch(/canary|BEGIN CERTIFICATE|clusterAgent/);
  const body: unknown = JSON.parse(text);
  const frame = wallFrameSchema.parse(body);
  // The schema drops what it doesn't name; this comparison catches anything extra.
  expect(frame).toEqual(body);
  expect(frame.planes.find(({ name }) => name === 'prod')).toMatchObject({
    displayName: 'Production',
    group: 'eu',
  });

  const created = await createToken(
    new Request('http://127.0.0.1/api/wall-tokens', {
      method: 'POST',
      headers: { host: '127.0.0.1', 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'x', limits: { kinds: [], roles: ['data'], namespaces: [] } }),
    }),
  );
  const { token } = wallTokenAnswerSchema.parse(await created.json());
  const wall = await wallData(
    new Request('http://127.0.0.1/wall/data?group=label:region', {
      headers: { host: '127.0.0.1', cookie: `planeboard_wall=${token}` },
    }),
  );
  const planesOfWall = wallFrameSchema.parse(await wall.json()).planes;
  expect(planesOfWall.map(({ uid }) => uid)).toEqual(frame.planes.map(({ uid }) => uid));
});

test("a caller doesn't see planes that they have no right to", async () => {
  rights.sees = ({ namespace, plural }) => namespace === 'globex' || plural === 'clusterdataplanes';
  try {
    expect(await namesFor('')).toEqual(['ci', 'shared']);
    expect(await namesFor('?role=data')).toEqual(['shared']);
    expect(await namesFor('?namespace=acme')).toEqual([]);
  } finally {
    rights.sees = null;
  }
  expect(await namesFor('?namespace=acme')).toEqual(['prod']);
});

test("says nothing about kinds and the control plane that a caller can't list", async () => {
  const sourceOf = async (plural: string) =>
    (await frameFor('')).sources.find((source) => source.plural === plural);
  expect(await sourceOf('workflowplanes')).toMatchObject({ state: 'live' });
  const all = rights.reachOf;
  rights.key = 'data planes';
  rights.sees = ({ plural }) => plural === 'dataplanes';
  rights.reachOf = (plural) => (plural === 'dataplanes' ? 'some' : 'none');
  try {
    expect(await sourceOf('dataplanes')).toMatchObject({ state: 'live' });
    expect(await sourceOf('workflowplanes')).toEqual({
      plural: 'workflowplanes',
      state: 'forbidden',
      lastContactAt: null,
    });
  } finally {
    rights.sees = null;
    rights.reachOf = all;
    rights.key = 'some';
  }
});

test('the preview counts what its choice of states leaves out, and no planes that its link would exclude', async () => {
  // The planes have no status, so they are pending for two minutes and in trouble after that.
  const { planes } = await frameFor('?health=healthy&health=pending&health=unknown');
  expect(planes).toHaveLength(3);
  const { outside, limits } = await frameFor('?health=healthy&namespace=acme');
  expect(limits).toEqual({ kinds: [], roles: [], namespaces: ['acme'] });
  expect(outside.byState).toBe(outside.alarms);
  expect(outside.alarms).toBeLessThanOrEqual(1);
});

test.each([
  ['limits', { title: 'x', limits: { kinds: [], roles: [], namespaces: [], labels: ['team=a'] } }],
  ['', { title: 'x', limits: { kinds: [], roles: [], namespaces: [] }, namespaces: ['acme'] }],
])('a link with an unknown field in %j is refused', async (path, body) => {
  const answer = await createToken(
    new Request('http://127.0.0.1/api/wall-tokens', {
      method: 'POST',
      headers: { host: '127.0.0.1', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
  const problem = problemSchema.parse(await answer.json());
  expect(problem.code).toBe('invalid-field');
  expect(problem.errors?.[0]?.path.join('.')).toBe(path);
});

test("a wall's cookie doesn't open the preview", async () => {
  const created = await createToken(
    new Request('http://127.0.0.1/api/wall-tokens', {
      method: 'POST',
      headers: { host: '127.0.0.1', 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'x', limits: { kinds: [], roles: [], namespaces: [] } }),
    }),
  );
  const { token } = wallTokenAnswerSchema.parse(await created.json());
  const answer = await GET(ask('', { cookie: `planeboard_wall=${token}` }));
  expect(answer.status).toBe(403);
  expect(problemSchema.parse(await answer.json()).code).toBe('forbidden');
  const foreign = await GET(ask('', { cookie: `planeboard_wall=${'A'.repeat(43)}` }));
  expect(foreign.status).toBe(200);
});

test('the preview is read-only', async () => {
  for (const refuse of [POST, PUT, PATCH, DELETE]) {
    const answer = refuse();
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  }
});
