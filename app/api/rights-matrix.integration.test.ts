import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { OIDC_PREFIX } from '@/demo/identity-provider/api-server-flags';
import { clearProcessSlots } from '@/lib/server/process/process-slot';
import { sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { type AppRoute, appRoutes, METHODS, type Method } from '@/testing/rights/app-routes';
import { compareRoutes, leaksIn } from '@/testing/rights/compare-routes';
import { createMatrixPerson, GROUP_WAY, type MatrixPerson, WAYS } from '@/testing/rights/matrix-person';
import { createMatrixWorld } from '@/testing/rights/matrix-world';
import { ROUTE_CHECKS } from '@/testing/rights/route-checks';
import { createAccount, type StartedMatrix, startMatrix } from '@/testing/rights/start-matrix';
import { GROUP_SORT, grantMetrics, idOf, MATRIX_GROUP, SORTS, type Sort } from '@/testing/rights/test-people';
import { captureLog, stopProcessRuntime } from '@/testing/server/test-runtime';

const SESSION_KEY = randomBytes(32).toString('base64');
const PROXY_SECRET = randomBytes(32).toString('hex');

const everyone = [
  ...WAYS.flatMap((way) => (Object.keys(SORTS) as Sort[]).map((sort) => ({ way, sort }))),
  { way: GROUP_WAY, sort: GROUP_SORT },
] as const;
const checks = Object.keys(ROUTE_CHECKS);

let routes: AppRoute[];
let started: StartedMatrix | undefined;
let log: string[];
const people = new Map<string, MatrixPerson>();

beforeAll(async () => {
  vi.stubEnv('PLANEBOARD_AUTH', 'token,proxy');
  vi.stubEnv('PLANEBOARD_SESSION_KEYS', SESSION_KEY);
  vi.stubEnv('PLANEBOARD_PROXY_SECRET', PROXY_SECRET);
  vi.stubEnv('PLANEBOARD_PROXY_GROUPS_PREFIX', OIDC_PREFIX);
  vi.stubEnv('PLANEBOARD_IMPERSONATE_GROUPS', MATRIX_GROUP);
  clearProcessSlots();
  log = captureLog();
  routes = await appRoutes();
  const bare = await sharedControlPlane();
  const { controlPlane } = bare;
  const planted = await createMatrixWorld(bare);
  const kubeconfigPath = await createAccount(controlPlane);
  for (const { sort, way } of everyone)
    people.set(
      `${sort} ${way}`,
      await createMatrixPerson(controlPlane, sort, way, PROXY_SECRET, planted.planes),
    );
  await grantMetrics(controlPlane, idOf('cluster admin'));
  started = await startMatrix(planted, kubeconfigPath, routes);
});
afterAll(async () => {
  for (const { direct } of people.values()) await direct.close();
  await stopProcessRuntime(started?.world.runtime);
  await started?.world.bare.stop();
  vi.unstubAllEnvs();
});

function startedMatrix(): StartedMatrix {
  if (!started) throw new Error("Planeboard hasn't started.");
  return started;
}

function personOf(sort: Sort, way: string): MatrixPerson {
  const person = people.get(`${sort} ${way}`);
  if (!person) throw new Error(`There is no ${sort}.`);
  return person;
}

test('every method of every route is compared, or answers that it does not exist', async () => {
  const missing: string[] = [];
  const admin = personOf('cluster admin', 'token');
  const { matrix } = startedMatrix();
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
  expect(existing).toEqual(expect.arrayContaining(checks));
});

test('without a proof of who asks, every route of people says that it is missing', async () => {
  const stranger = { ...personOf('nobody', 'token'), headers: {} };
  const { matrix } = startedMatrix();
  // A sign-in begins without a proof, and a sign-out only removes cookies.
  const ofNobody = /^(POST|DELETE) \/api\/session$|\/oidc| \/(wall|healthz|readyz)/;
  const part: Partial<Record<Method, string>> = { GET: '/events', HEAD: '/events', POST: '/refresh' };
  const statuses = await Promise.all(
    checks
      .filter((name) => !ofNobody.test(name))
      .map(async (name) => {
        const [method, path = ''] = name.split(' ') as [Method, string];
        const plane = `dataplanes/acme/prod${part[method] ?? ''}`;
        const url = path.replace('[...segments]', plane).replace('[id]', 'x');
        return [name, (await matrix.askerOf(method, stranger)(url)).status];
      }),
  );
  expect(statuses.filter(([, status]) => status !== 401)).toEqual([]);
});

describe.each(everyone)('for the $sort by $way, Planeboard answers as the API server does', ({ sort, way }) =>
  compareRoutes(ROUTE_CHECKS, () => ({ ...startedMatrix(), person: personOf(sort, way) })),
);

describe('after all of these calls', () => {
  test('no answer has revealed a plane to people who may not read it', () => {
    expect([...startedMatrix().matrix.revealed]).toEqual([]);
  });

  test('no secret is in an answer or in the log', () => {
    const { matrix, world } = startedMatrix();
    expect(world.canaries.size).toBeGreaterThan(25);
    expect(matrix.calls).toBeGreaterThan(2000);
    expect(log.length).toBeGreaterThan(100);
    const secrets = new Map([
      ['the session key', SESSION_KEY],
      ['the key of the proxy', PROXY_SECRET],
    ]);
    for (const { sort, token } of people.values())
      if (token !== null) secrets.set(`the token of the ${sort}`, token);
    expect(leaksIn(startedMatrix(), secrets, log)).toEqual([]);
  });
});
