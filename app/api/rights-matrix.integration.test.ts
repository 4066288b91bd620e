import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clearProcessSlots } from '@/lib/server/process/process-slot';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import { createWallToken } from '@/lib/server/wall/wall-tokens';
import { sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { type AppRoute, appRoutes, METHODS, type Method } from '@/testing/rights/app-routes';
import { createMatrixPerson, type MatrixPerson, WAYS } from '@/testing/rights/matrix-person';
import { createMatrixWorld, type MatrixWorld } from '@/testing/rights/matrix-world';
import { ROUTE_CHECKS } from '@/testing/rights/route-checks';
import { placesWith, RouteMatrix } from '@/testing/rights/route-matrix';
import { createUser, grantImpersonation, grantMetrics, SORTS, type Sort } from '@/testing/rights/test-people';
import { captureLog, startProcessRuntime, stopProcessRuntime, until } from '@/testing/server/test-runtime';

const ACCOUNT = 'planeboard';
const SESSION_KEY = randomBytes(32).toString('base64');
const PROXY_SECRET = randomBytes(32).toString('hex');
/** Planeboard's account reads everything that it shows, writes wall links, and impersonates people. */
const ACCOUNT_RULES = [
  { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] },
  { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'create', 'patch'] },
];

const everyone = WAYS.flatMap((way) => (Object.keys(SORTS) as Sort[]).map((sort) => ({ way, sort })));
const checks = Object.entries(ROUTE_CHECKS);

let routes: AppRoute[];
let world: MatrixWorld;
let matrix: RouteMatrix;
let log: string[];
const people = new Map<string, MatrixPerson>();

beforeAll(async () => {
  vi.stubEnv('PLANEBOARD_AUTH', 'token,proxy');
  vi.stubEnv('PLANEBOARD_SESSION_KEYS', SESSION_KEY);
  vi.stubEnv('PLANEBOARD_PROXY_SECRET', PROXY_SECRET);
  vi.stubEnv('PLANEBOARD_IMPERSONATE_GROUPS', 'platform');
  clearProcessSlots();
  log = captureLog();
  routes = await appRoutes();
  const bare = await sharedControlPlane();
  const { controlPlane } = bare;
  const planted = await createMatrixWorld(bare);
  const { kubeconfigPath } = await controlPlane.addUser({ name: ACCOUNT });
  await grantImpersonation(controlPlane, ACCOUNT, ['platform']);
  await createUser(controlPlane, ACCOUNT, [{ rules: ACCOUNT_RULES }]);
  for (const { sort, way } of everyone)
    people.set(
      `${sort} ${way}`,
      await createMatrixPerson(controlPlane, sort, way, PROXY_SECRET, planted.planes),
    );
  await grantMetrics(controlPlane, 'matrix-cluster-admin');
  const runtime = await startProcessRuntime(kubeconfigPath);
  await until(runtime, () => [...runtime.engine.planes()].length === planted.planes.length);
  const limits = { kinds: [], roles: [], namespaces: ['acme'] };
  const account = await serviceCaller();
  const { token } = await createWallToken(account, { title: 'Lobby', limits });
  const { id: unusedLink } = await createWallToken(account, { title: 'Unused', limits });
  world = { ...planted, runtime, screenCookie: `planeboard_wall=${token}`, unusedLink };
  matrix = new RouteMatrix(planted, routes);
});
afterAll(async () => {
  for (const { direct } of people.values()) await direct.close();
  await stopProcessRuntime(world?.runtime);
  await world?.bare.stop();
  vi.unstubAllEnvs();
});

function personOf(sort: Sort, way: string): MatrixPerson {
  const person = people.get(`${sort} ${way}`);
  if (!person) throw new Error(`There is no ${sort}.`);
  return person;
}

test('every method of every route is compared, or answers that it does not exist', async () => {
  const missing: string[] = [];
  const admin = personOf('cluster admin', 'token');
  for (const { path, handlers } of routes)
    for (const method of METHODS) {
      if (!handlers[method] || Object.hasOwn(ROUTE_CHECKS, `${method} ${path}`)) continue;
      const url = path.replaceAll(/\[[^\]]+\]/g, 'x');
      const { status } = await matrix.askerOf(method, admin)(url);
      const refusal = path === '/api/[...path]' ? 404 : 405;
      if (status !== refusal) missing.push(`${method} ${path}`);
    }
  expect(missing).toEqual([]);
  const existing = routes.flatMap(({ path, handlers }) =>
    Object.keys(handlers).map((method) => `${method} ${path}`),
  );
  expect(existing).toEqual(expect.arrayContaining(checks.map(([name]) => name)));
});

test('without a proof of who asks, every route of people says that it is missing', async () => {
  const stranger = { ...personOf('nobody', 'token'), headers: {} };
  // A sign-in begins without a proof, and a sign-out only removes cookies.
  const ofNobody = /^(POST|DELETE) \/api\/session$|\/oidc| \/(wall|healthz|readyz)/;
  const part: Partial<Record<Method, string>> = { GET: '/events', HEAD: '/events', POST: '/refresh' };
  const statuses = await Promise.all(
    checks
      .filter(([name]) => !ofNobody.test(name))
      .map(async ([name]) => {
        const [method, path = ''] = name.split(' ') as [Method, string];
        const plane = `dataplanes/acme/prod${part[method] ?? ''}`;
        const url = path.replace('[...segments]', plane).replace('[id]', 'x');
        return [name, (await matrix.askerOf(method, stranger)(url)).status];
      }),
  );
  expect(statuses.filter(([, status]) => status !== 401)).toEqual([]);
});

describe.each(everyone)(
  'for the $sort by $way, Planeboard answers as the API server does',
  ({ sort, way }) => {
    test.each(checks)('%s', async (name, check) => {
      const method = METHODS.find((one) => name.startsWith(`${one} `)) ?? 'GET';
      const person = personOf(sort, way);
      const rows = await check(matrix.askerOf(method, person), person, world);
      const entriesOf = (side: 'told' | 'expected') =>
        Object.fromEntries(rows.map((row) => [row.call, row[side]]));
      expect(rows.length).toBeGreaterThan(0);
      expect(entriesOf('told')).toEqual(entriesOf('expected'));
    });
  },
);

describe('after all of these calls', () => {
  test('no answer has revealed a plane to people who may not read it', () => {
    expect([...matrix.revealed]).toEqual([]);
  });

  test('no secret is in an answer or in the log', () => {
    expect(world.canaries.size).toBeGreaterThan(25);
    const secrets = new Map(world.canaries);
    secrets.set('the session key', SESSION_KEY);
    secrets.set('the key of the proxy', PROXY_SECRET);
    for (const { sort, token } of people.values())
      if (token !== null) secrets.set(`the token of the ${sort}`, token);
    expect(matrix.calls).toBeGreaterThan(2000);
    expect(log.length).toBeGreaterThan(100);
    const lines = log.map((text) => ({ where: text, text }));
    const logged = placesWith(new Map([...secrets, ...world.csrfValues]), lines);
    expect([...matrix.answersWith(secrets), ...logged]).toEqual([]);
  });
});
