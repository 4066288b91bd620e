import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DELETE as revoke } from '@/app/api/wall-tokens/[id]/route';
import { POST as createToken, GET as list } from '@/app/api/wall-tokens/route';
import { GET as data } from '@/app/wall/data/route';
import { GET as enter, POST as submit } from '@/app/wall/enter/route';
import { GET as stream, HEAD as streamHead } from '@/app/wall/stream/route';
import { problemSchema } from '@/lib/api/problem';
import {
  type WallFrame,
  type WallLimits,
  wallFrameSchema,
  wallKeepaliveSchema,
  wallTokenAnswerSchema,
  wallTokensSchema,
} from '@/lib/api/wall';
import { processSlot } from '@/lib/server/process/process-slot';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { FaultProxy } from '@/testing/control-plane/fault-proxy';
import { SseReader } from '@/testing/server/sse-reader';
import {
  captureLog,
  planeNamed,
  planesOf,
  startRuntime,
  until,
  untilLive,
} from '@/testing/server/test-runtime';

const NAMESPACE = 'openchoreo-control-plane';
const CONFIG_MAP = `/api/v1/namespaces/${NAMESPACE}/configmaps/planeboard-wall`;
const WORKFLOW_PLANES = '/apis/openchoreo.dev/v1alpha1/namespaces/acme/workflowplanes';
const NO_LIMITS: WallLimits = { kinds: [], roles: [], namespaces: [] };

let demo: BareControlPlane;
let proxy: FaultProxy;
let runtime: Runtime;
let writer: DataPlaneWriter;
let log: string[];
const tokens: string[] = [];

beforeAll(async () => {
  log = captureLog();
  demo = await sharedControlPlane();
  const { client } = demo.controlPlane;
  for (const name of [NAMESPACE, 'acme']) await client.post('/api/v1/namespaces', { metadata: { name } });
  writer = new DataPlaneWriter(client);
  await writer.create('prod');
  await client.post(WORKFLOW_PLANES, {
    apiVersion: 'openchoreo.dev/v1alpha1',
    kind: 'WorkflowPlane',
    metadata: { name: 'ci', labels: { region: 'eu' } },
    spec: { planeID: 'ci', clusterAgent: { clientCA: { value: 'no PEM' } } },
  });
  proxy = await FaultProxy.start(demo.controlPlane, demo.folder);
  runtime = startRuntime(proxy.kubeconfigPath);
  processSlot('runtime', () => runtime);
  await untilLive(runtime);
  await until(runtime, () => planesOf(runtime).length === 2);
});
afterAll(async () => {
  await runtime?.stop();
  await proxy?.stop();
  await demo?.stop();
});

const OWN = { host: '127.0.0.1', 'content-type': 'application/json' };
const ask = (path: string, token?: string) =>
  new Request(`http://127.0.0.1${path}`, {
    headers: { host: '127.0.0.1', ...(token ? { cookie: `planeboard_wall=${token}` } : {}) },
  });
/** @param site the Sec-Fetch-Site header; null: none */
const visit = (query: string, site: string | null) =>
  new Request(`http://127.0.0.1/wall/enter${query}`, {
    headers: { host: '127.0.0.1', ...(site === null ? {} : { 'sec-fetch-site': site }) },
  });
const press = (path: string, body: string, headers: Readonly<Record<string, string>>) =>
  submit(
    new Request(`http://127.0.0.1${path}`, {
      method: 'POST',
      headers: { host: '127.0.0.1', 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body,
    }),
  );
const post = (body: unknown) =>
  createToken(
    new Request('http://127.0.0.1/api/wall-tokens', {
      method: 'POST',
      headers: OWN,
      body: JSON.stringify(body),
    }),
  );
const revokeId = (id: string) =>
  revoke(new Request(`http://127.0.0.1/api/wall-tokens/${id}`, { method: 'DELETE', headers: OWN }), {
    params: Promise.resolve({ id }),
  });

async function newLink(
  limits: Partial<WallLimits> = {},
  title = 'A wall',
): Promise<{ id: string; token: string }> {
  const answer = await post({ title, limits: { ...NO_LIMITS, ...limits } });
  expect(answer.status).toBe(201);
  const link = wallTokenAnswerSchema.parse(await answer.json());
  tokens.push(link.token);
  return link;
}

async function frameOf(response: Response): Promise<WallFrame> {
  expect(response.headers.get('cache-control')).toBe('no-store');
  return wallFrameSchema.parse(await response.json());
}

const namesOf = ({ planes }: WallFrame) => planes.map(({ name }) => name).sort();

async function expectProblem(response: Response, status: number, code: string): Promise<string> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = problemSchema.parse(await response.json());
  expect(problem).toMatchObject({ status, code });
  return problem.detail ?? '';
}

async function openStream(path: string, token: string): Promise<SseReader> {
  const response = await stream(ask(path, token));
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  if (!response.body) throw new Error('The stream has no body.');
  return new SseReader(response.body);
}

describe('a wall link', () => {
  test('is stored as a hash and listed without its token', async () => {
    const { id, token } = await newLink({ roles: ['data'] }, 'Lobby');
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const { data: configMapData, metadata } = await demo.controlPlane.client.get<{
      data: Record<string, string>;
      metadata: { labels: Record<string, string> };
    }>(CONFIG_MAP);
    expect(metadata.labels).toEqual({ 'app.kubernetes.io/managed-by': 'planeboard' });
    expect(JSON.stringify(configMapData)).not.toContain(token);
    expect(JSON.parse(configMapData[id] ?? '')).toMatchObject({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      title: 'Lobby',
      limits: { ...NO_LIMITS, roles: ['data'] },
      createdBy: 'planeboard-demo-admin',
    });
    const listed = wallTokensSchema.parse(await (await list(ask('/api/wall-tokens'))).json());
    expect(listed).toMatchObject({ mode: 'token', state: 'listed', mayChange: true });
    expect(listed.tokens.find((item) => item.id === id)).toMatchObject({
      title: 'Lobby',
      createdBy: 'planeboard-demo-admin',
    });
    expect(JSON.stringify(listed)).not.toMatch(/sha256|[0-9a-f]{64}/);
  });

  test('is listed with when a screen with it was last connected to this server', async () => {
    const { id, token } = await newLink();
    const seenAt = async () => {
      const { tokens } = wallTokensSchema.parse(await (await list(ask('/api/wall-tokens'))).json());
      return tokens.find((item) => item.id === id)?.seenAt;
    };
    expect(await seenAt()).toBeNull();
    const screen = await openStream('/wall/stream', token);
    const connectedAt = await seenAt();
    expect(Date.parse(connectedAt ?? '')).not.toBeNaN();
    await screen.cancel();
    expect(await seenAt()).toBe(connectedAt);
  });

  test.each(['none', 'same-origin'])(
    'is exchanged for a wall-only cookie and redirects without the token, on a visit from %s',
    async (site) => {
      const { token } = await newLink();
      const answer = await enter(visit(`?token=${token}&role=data&role=build&title=A%20%26%20B`, site));
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe('/wall?role=data&role=build&title=A+%26+B');
      expect(answer.headers.get('set-cookie')).toBe(
        `planeboard_wall=${token}; Path=/wall; Max-Age=34560000; HttpOnly; SameSite=Lax`,
      );
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.text()).toBe('');
    },
  );

  test.each(['cross-site', 'same-site', 'unheard-of', null])(
    'sets no cookie on a visit from %s, but shows a button that sets it',
    async (site) => {
      const { token } = await newLink();
      const page = await enter(visit(`?token=${token}&title=%3Cb%3E%22&role=data`, site));
      expect([page.status, page.headers.get('set-cookie'), page.headers.get('cache-control')]).toEqual([
        200,
        null,
        'no-store',
      ]);
      const html = await page.text();
      expect(html).not.toContain('<b>');
      const action = /action="([^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
      expect(action).toBe('/wall/enter?title=%3Cb%3E%22&role=data');
      const field = /name="token" value="([^"]*)"/.exec(html)?.[1] ?? '';

      const answer = await press(action, `token=${field}`, { origin: 'http://127.0.0.1' });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe('/wall?title=%3Cb%3E%22&role=data');
      expect(answer.headers.get('set-cookie')).toContain(`planeboard_wall=${token}; Path=/wall;`);
    },
  );

  test.each([
    ['another site', { origin: 'https://evil.example' }, 'cross-origin'],
    ['a sandboxed frame', { origin: 'null' }, 'cross-origin'],
    ['an unknown sender', {}, 'cross-origin'],
    ['a sibling site', { origin: 'http://127.0.0.1', 'sec-fetch-site': 'same-site' }, 'cross-origin'],
  ])('is not taken from a form of %s', async (_, headers, code) => {
    const answer = await press('/wall/enter', `token=${'A'.repeat(43)}`, headers);
    expect(answer.headers.get('set-cookie')).toBeNull();
    await expectProblem(answer, 403, code);
  });

  test('is not taken from a form without one', async () => {
    await expectProblem(
      await press('/wall/enter', 'token=x', { origin: 'http://127.0.0.1' }),
      400,
      'bad-request',
    );
    const large = `token=${'A'.repeat(2000)}`;
    await expectProblem(await press('/wall/enter', large, { origin: 'http://127.0.0.1' }), 413, 'too-large');
  });

  test('works beside cookies that another server on this host has set', async () => {
    const { token } = await newLink();
    const foreign = `planeboard_wall=x; planeboard_wall=${'B'.repeat(43)}`;
    const answer = await data(
      new Request('http://127.0.0.1/wall/data', {
        headers: { host: '127.0.0.1', cookie: `${foreign}; planeboard_wall=${token}` },
      }),
    );
    expect(answer.headers.get('set-cookie')).toContain(`planeboard_wall=${token}; Path=/wall;`);
    expect(namesOf(await frameOf(answer))).toEqual(['ci', 'prod']);
  });

  test.each(['', '?token=', '?token=short', `?token=${'A'.repeat(42)}%0A`, '?token=//evil.example.com'])(
    'sets no cookie if its token is malformed: %s',
    async (query) => {
      const answer = await enter(visit(query, 'none'));
      expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([
        303,
        '/wall',
        null,
      ]);
    },
  );

  test('opens the wall and renews the cookie', async () => {
    const { token } = await newLink();
    const answer = await data(ask('/wall/data', token));
    expect(answer.headers.get('set-cookie')).toContain(`planeboard_wall=${token}; Path=/wall;`);
    const frame = await frameOf(answer);
    expect(namesOf(frame)).toEqual(['ci', 'prod']);
    expect(frame).toMatchObject({ epoch: runtime.engine.epoch, apiServer: { state: 'reachable' } });
  });

  test('is required: a screen without a valid token sees nothing', async () => {
    for (const route of [data, stream, streamHead]) {
      const refusal = async (token?: string) => {
        const answer = await route(ask('/wall/data', token));
        const text = await answer.text();
        expect(text).not.toContain('"prod"');
        return [answer.status, problemSchema.parse(JSON.parse(text)).code];
      };
      expect(await refusal()).toEqual([401, 'unauthenticated']);
      expect(await refusal('no-token')).toEqual([401, 'unauthenticated']);
      expect(await refusal('B'.repeat(43))).toEqual([403, 'wall-revoked']);
    }
  });

  test.each([
    [{ title: '', limits: NO_LIMITS }],
    [{ title: 'x'.repeat(81), limits: NO_LIMITS }],
    [{ title: 'x', limits: { ...NO_LIMITS, kinds: ['Secret'] } }],
    [{ title: 'x', limits: { ...NO_LIMITS, roles: ['everything'] } }],
    [{ title: 'x', limits: { ...NO_LIMITS, namespaces: ['../kube-system'] } }],
    [{ title: 'x' }],
  ])("isn't created from an invalid request: %j", async (body) => {
    await expectProblem(await post(body), 422, 'invalid-field');
  });
});

describe('limits', () => {
  test.each<[Partial<WallLimits>, string, string[]]>([
    [{}, '', ['ci', 'prod']],
    [{ roles: ['data'] }, '', ['prod']],
    [{ kinds: ['WorkflowPlane'] }, '', ['ci']],
    [{ namespaces: ['acme'] }, '', ['ci']],
    [{}, '?namespace=default', ['prod']],
    [{}, '?health=healthy', []],
    [{ roles: ['data'] }, '?role=workflow', []],
    [{ roles: ['data'] }, '?role=data&role=workflow', ['prod']],
    [{ namespaces: ['acme'] }, '?namespace=default&namespace=acme', ['ci']],
    [{ namespaces: ['acme'] }, '?namespace=', ['ci']],
  ])('%j apply with the query %j', async (limits, query, names) => {
    const { token } = await newLink(limits);
    expect(namesOf(await frameOf(await data(ask(`/wall/data${query}`, token))))).toEqual(names);
    const reader = await openStream(`/wall/stream${query}`, token);
    const { data: text } = await reader.nextOf('wall');
    expect(namesOf(wallFrameSchema.parse(JSON.parse(text)))).toEqual(names);
    await reader.cancel();
  });

  test('hide labels unless the wall is grouped by them', async () => {
    const { token } = await newLink();
    const groups = async (query: string) =>
      (await frameOf(await data(ask(`/wall/data${query}`, token)))).planes.map(({ name, group }) => [
        name,
        group,
      ]);
    expect(await groups('?group=label:region')).toEqual(
      expect.arrayContaining([
        ['ci', 'eu'],
        ['prod', undefined],
      ]),
    );
    expect((await groups('')).every(([, group]) => group === undefined)).toBe(true);
  });
});

describe('the stream', () => {
  test('shares at most one frame a second among walls with the same view, and sends keep-alives', async () => {
    const { token } = await newLink();
    const other = await newLink();
    const readers = [
      await openStream('/wall/stream', token),
      await openStream('/wall/stream?title=x', other.token),
    ];
    for (const reader of readers) await reader.nextOf('wall');
    const untilNamed = async (reader: SseReader, name: string) => {
      for (let frames = 1; ; frames += 1) {
        const frame = wallFrameSchema.parse(JSON.parse((await reader.nextOf('wall')).data));
        if (frame.planes.some(({ displayName }) => displayName === name)) return frames;
      }
    };
    const before = runtime.wall.hub.counters.framesBuilt;
    const startedAtMs = performance.now();
    for (let count = 1; count <= 30; count += 1) await writer.setDisplayName('prod', `Name ${count}`);
    const counts = await Promise.all(readers.map((reader) => untilNamed(reader, 'Name 30')));
    const seconds = (performance.now() - startedAtMs) / 1000;
    expect(counts[0]).toBe(counts[1]);
    // Both walls share each frame. The keep-alive may build another to look for changes.
    expect(runtime.wall.hub.counters.framesBuilt - before).toBeLessThanOrEqual(Math.ceil(seconds) + 2);
    for (const reader of readers) {
      wallKeepaliveSchema.parse(JSON.parse((await reader.nextOf('keepalive')).data));
      await reader.cancel();
    }
    expect(runtime.wall.hub.readerCount).toBe(0);
  });

  test('reports maintenance without changing the health state', async () => {
    const { token } = await newLink();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await demo.controlPlane.client.patch('/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/prod', {
      metadata: {
        annotations: {
          'planeboard.openchoreo.dev/maintenance-until': until,
          'planeboard.openchoreo.dev/maintenance-reason': 'New switches',
        },
      },
    });
    await untilFleet(() => planeNamed(runtime, 'prod')?.maintenance !== undefined);
    const { planes } = await frameOf(await data(ask('/wall/data', token)));
    const plane = planes.find(({ name }) => name === 'prod');
    expect(plane).toMatchObject({ maintenance: { until, reason: 'New switches' } });
    expect(plane?.health.state).not.toBe('healthy');
  });

  test('ends with a revoked event when its link is revoked, while other streams continue', async () => {
    const revoked = await newLink();
    const other = await newLink();
    const [first, second] = [
      await openStream('/wall/stream', revoked.token),
      await openStream('/wall/stream', other.token),
    ];
    expect((await revokeId(revoked.id)).status).toBe(204);
    expect((await first.nextOf('revoked')).event).toBe('revoked');
    expect(await first.next()).toBeUndefined();
    const detail = await expectProblem(await data(ask('/wall/data', revoked.token)), 403, 'wall-revoked');
    expect(detail).toContain('was revoked');
    expect((await second.nextOf('keepalive')).event).toBe('keepalive');
    await second.cancel();
    await expectProblem(await revokeId(revoked.id), 404, 'not-found');
    await expectProblem(await revokeId('__proto__'), 404, 'not-found');
  });

  test('another replica admits a new link at once and drops a revoked one within 10 s', async () => {
    const replica = startRuntime(demo.controlPlane.kubeconfigPath);
    try {
      await untilLive(replica);
      await replica.wall.tokenCache.refresh();
      const { id, token } = await newLink();
      const verdict = await replica.wall.tokenCache.check(token);
      if (verdict.state !== 'valid') throw new Error(`The replica says ${verdict.state}.`);
      const view = { limits: NO_LIMITS, filter: { ...NO_LIMITS, labels: [], health: [] }, group: null };
      const reader = new SseReader(replica.wall.hub.open(view, { id, sha256: verdict.stored.sha256 }));
      await reader.nextOf('wall');
      const revokedAtMs = performance.now();
      await revokeId(id);
      await reader.nextOf('revoked');
      expect(performance.now() - revokedAtMs).toBeLessThan(10_000);
      expect((await replica.wall.tokenCache.check(token)).state).toBe('unknown');
    } finally {
      await replica.stop();
    }
  });

  test('sends a resume event when the limits of its link change', async () => {
    const { id, token } = await newLink();
    const reader = await openStream('/wall/stream', token);
    const { data: configMapData } = await demo.controlPlane.client.get<{ data: Record<string, string> }>(
      CONFIG_MAP,
    );
    const stored = {
      ...(JSON.parse(configMapData[id] ?? '') as object),
      limits: { ...NO_LIMITS, roles: ['data'] },
    };
    await demo.controlPlane.client.patch(CONFIG_MAP, { data: { [id]: JSON.stringify(stored) } });
    await reader.nextOf('resume');
    expect(namesOf(await frameOf(await data(ask('/wall/data', token))))).toEqual(['prod']);
  });
});

describe('when something fails', () => {
  test('links that others create meanwhile are preserved', async () => {
    let raced = 0;
    proxy.rule = async (path, method) => {
      if (method !== 'PATCH' || !path.includes('/configmaps/') || raced >= 2) return undefined;
      raced += 1;
      await demo.controlPlane.client.patch(CONFIG_MAP, { data: { [`by-another-${raced}`]: '{}' } });
      return undefined;
    };
    const { id } = await newLink();
    proxy.rule = undefined;
    const { data: configMapData } = await demo.controlPlane.client.get<{ data: Record<string, string> }>(
      CONFIG_MAP,
    );
    expect(raced).toBe(2);
    expect(Object.keys(configMapData)).toEqual(expect.arrayContaining([id, 'by-another-1', 'by-another-2']));
  });

  test('four links created at once are all listed', async () => {
    const links = await Promise.all(Array.from({ length: 4 }, () => newLink()));
    const listed = wallTokensSchema.parse(await (await list(ask('/api/wall-tokens'))).json());
    expect(listed.tokens.map(({ id }) => id)).toEqual(expect.arrayContaining(links.map(({ id }) => id)));
  });

  test('while the API server is unreachable, admitted screens stay and see the outage', async () => {
    const { token } = await newLink();
    await data(ask('/wall/data', token));
    proxy.rule = () => 'cut';
    proxy.cut();
    try {
      await until(runtime, () => !runtime.engine.apiServer.isReachable);
      const frame = await frameOf(await data(ask('/wall/data', token)));
      expect(frame.apiServer.state).toBe('unreachable');
      expect(frame.apiServer).not.toHaveProperty('problem');
      // A server that has never read the links knows no screen; that isn't a revocation.
      runtime.wall.tokenCache.forget();
      await expectProblem(await data(ask('/wall/data', token)), 503, 'api-server-unreachable');
    } finally {
      proxy.rule = undefined;
    }
    await until(runtime, () => runtime.engine.apiServer.isReachable);
    await untilLive(runtime);
    runtime.wall.tokenCache.forget();
    expect(namesOf(await frameOf(await data(ask('/wall/data', token))))).toEqual(['ci', 'prod']);
  });

  test('without the right to read the links no screen is admitted, and the right is named', async () => {
    const { token } = await newLink();
    proxy.rule = (path, method) =>
      method === 'GET' && path.includes('/configmaps/') ? { status: 403 } : undefined;
    await runtime.wall.tokenCache.refresh();
    const detail = await expectProblem(await data(ask('/wall/data', token)), 403, 'forbidden');
    expect(detail).toContain("its account can't get the ConfigMap planeboard-wall");
    const listed = wallTokensSchema.parse(await (await list(ask('/api/wall-tokens'))).json());
    expect(listed).toMatchObject({ state: 'not-visible', mayChange: false, tokens: [] });
    proxy.rule = undefined;
    await runtime.wall.tokenCache.refresh();
    expect((await data(ask('/wall/data', token))).status).toBe(200);
  });
});

test('the log contains no token but records who created and revoked links', () => {
  expect(tokens.length).toBeGreaterThan(15);
  const text = log.join('');
  expect(text).toContain('"kind":"ConfigMap"');
  expect(log.filter((line) => line.includes('"log":"audit"')).length).toBeGreaterThan(15);
  for (const token of tokens) expect(text).not.toContain(token);
});

/** Resolves once the condition holds. */
function untilFleet(condition: () => boolean): Promise<void> {
  return until(runtime, condition);
}
