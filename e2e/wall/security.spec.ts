import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordTraffic } from '@/e2e/support/traffic';
import { newWallLink } from '@/e2e/support/wall-page';
import { surveyWall } from '@/e2e/support/wall-survey';
import { expect, test, WALL_ENV } from '@/e2e/support/wall-test';
import { wallFrameSchema } from '@/lib/api/wall';
import { HOUR_MS } from '@/lib/plane/time/duration';
import { condition, connectedStatus } from '@/testing/control-plane/plane-statuses';

const app = join(import.meta.dirname, '..', '..', 'app');
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
/** Probes contain no data, and kubelets call them by the pod's address. */
const PROBES = /^(healthz|readyz)$/;

/** The URL of each route, found by its file, so new routes are included automatically. */
const routes = globSync('**/route.ts', { cwd: app }).map((file) => {
  const path = file.replace(/\/?route\.ts$/, '');
  const source = readFileSync(join(app, file), 'utf8');
  return {
    path,
    url: `/${path
      .replace('[...segments]', 'dataplanes/acme/secretive')
      .replace('[...path]', 'x')
      .replaceAll(/\[\w+\]/g, 'wall-1')}`,
    writes: /export (async )?(function|const) (POST|PUT|PATCH|DELETE)\b/.test(source),
  };
});
const pages = globSync('**/page.tsx', { cwd: app })
  .map((file) => `/${file.replace(/\/?page\.tsx$/, '').replace(/\(\w+\)\/?/, '')}`)
  .map((path) => path.replace(/\[\.\.\.\w+\]/, 'dataplanes/acme/secretive'));

/** A plane with "magpie" in every field that must not reach a wall. */
const SECRETIVE = {
  kind: 'DataPlane',
  namespace: 'acme',
  name: 'secretive',
  displayName: 'Shown name',
  description: 'magpie-description',
  labels: { team: 'magpie-label' },
  annotations: {
    'example.com/note': 'magpie-annotation',
    'kubectl.kubernetes.io/last-applied-configuration': '{"note":"magpie-applied"}',
  },
  planeID: 'magpie-plane-id',
  spec: { gateway: { ingress: { external: { name: 'magpie-gateway', namespace: 'magpie-namespace' } } } },
} as const;
const STATUS = {
  ...connectedStatus(),
  conditions: [condition('Ready', 'True', 'MagpieReason', 'magpie-condition', HOUR_MS)],
};

test.use({ expectedErrors: [/Failed to load resource: .*4(0[0345]|15)/] });

test.beforeEach(async ({ planes, controlPlane }) => {
  await planes.add({ ...SECRETIVE, status: STATUS });
  const name = 'openchoreo-control-plane';
  if (!(await controlPlane.client.find(`/api/v1/namespaces/${name}`)))
    await controlPlane.client.post('/api/v1/namespaces', { metadata: { name } });
});

test("a wall's cookie only gives access to the wall's routes and can't write anything", async ({
  controlPlane,
  startServer,
}) => {
  const server = await startServer({ env: { ...WALL_ENV, PLANEBOARD_WALL: 'token' } });
  const { token } = await newWallLink(server.url);
  const send = (url: string, method: string) =>
    fetch(server.url + url, {
      method,
      redirect: 'manual',
      headers: { cookie: `planeboard_wall=${token}`, 'content-type': 'application/json', origin: server.url },
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: '{}' }),
    });
  const everything = () =>
    Promise.all(
      ['apis/openchoreo.dev/v1alpha1/dataplanes', 'api/v1/configmaps', 'api/v1/secrets'].map(async (path) => {
        // Without the list's own resourceVersion, which rises with any write in the cluster.
        const { items } = await controlPlane.client.get<{ items: unknown[] }>(`/${path}`);
        return items;
      }),
    );
  expect((await send('/wall/data', 'GET')).status, 'The cookie is valid.').toBe(200);
  expect(routes.filter(({ writes }) => writes).length, 'Some routes write.').toBeGreaterThan(3);
  const before = await everything();

  for (const { path, url } of routes.filter((route) => !PROBES.test(route.path))) {
    const ofWall = path.startsWith('wall');
    for (const method of METHODS) {
      const { status, body } = await send(url, method);
      await body?.cancel();
      const reads = method === 'GET' || method === 'HEAD';
      // The only form sets nothing but the screen's own cookie, and takes no JSON.
      const expected = method === 'OPTIONS' ? [405] : !ofWall ? [403] : reads ? [200, 303] : [405, 415];
      expect(expected, `${method} ${url}`).toContain(status);
    }
  }
  for (const path of pages.filter((page) => page !== '/wall'))
    for (const method of METHODS)
      expect((await send(path, method)).status, `${method} ${path}`).toBe(method === 'OPTIONS' ? 405 : 403);
  // A POST to the wall's page, as forms and server functions send it.
  expect((await send('/wall', 'POST')).status).toBeGreaterThanOrEqual(400);
  expect(await everything()).toEqual(before);
});

test('a wall has no controls, and the server rejects all its writes', async ({ page, wall, startServer }) => {
  const server = await startServer({ env: { ...WALL_ENV, PLANEBOARD_WALL: 'token' } });
  await wall.enter(server.url, await newWallLink(server.url));
  await expect(wall.statement).toBeVisible();
  expect((await surveyWall(page)).controls).toBe(0);
  expect(await page.evaluate(() => document.cookie), 'No script can read the cookie.').toBe('');
  const html = await page.content();
  expect(html).not.toMatch(/<(a|form|button|input|select|textarea)\b/);
  const statuses = await page.evaluate(async () => {
    const answers = [];
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      for (const path of ['/wall', '/wall/data', '/wall/stream', '/wall/enter'])
        answers.push(
          (await fetch(path, { method, headers: { 'content-type': 'application/json' }, body: '{}' })).status,
        );
    return answers;
  });
  expect(statuses.every((status) => [403, 404, 405, 415].includes(status))).toBe(true);
});

test('a wall receives only the data that it shows', async ({ page, wall, startServer }) => {
  const server = await startServer({ env: WALL_ENV });
  const traffic = recordTraffic(page);
  await wall.open(server.url, '?group=label:nothing');
  await expect(wall.statement).toContainText('The plane shown is healthy');
  const data = await (await fetch(`${server.url}/wall/data`)).text();
  const frame = wallFrameSchema.strict().parse(JSON.parse(data));
  expect(frame.planes).toHaveLength(1);
  expect(Object.keys(frame.planes[0] ?? {}).sort()).toEqual([
    'connectedAgents',
    'displayName',
    'health',
    'kind',
    'lastHeartbeatTime',
    'name',
    'namespace',
    'role',
    'since',
    'uid',
  ]);
  const all = `${data} ${await traffic.everything()}`;
  expect(all).toContain('Shown name');
  expect(all.match(/magpie[-\w]*/gi) ?? []).toEqual([]);
});
