import { randomBytes } from 'node:crypto';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlPlane } from '@/demo/control-plane/control-plane';
import { expect, test } from '@/e2e/support/fixtures';
import { type BareControlPlane, ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DirectAnswers } from '@/testing/rights/direct-answers';
import { createMatrixWorld, type MatrixPlane, type PlantedWorld } from '@/testing/rights/matrix-world';
import { readableBy } from '@/testing/rights/readable-by';
import { placesWith } from '@/testing/rights/route-matrix';
import { createPerson, idOf, SORTS, type Sort } from '@/testing/rights/test-people';
import { PlaneboardServer } from '@/testing/server/planeboard-server';

const APP = join(import.meta.dirname, '..', '..', 'app');
const SESSION_KEY = randomBytes(32).toString('base64');
const sorts = Object.keys(SORTS) as Sort[];

/** The addresses of each page, by its file. A page that is missing here fails by its name. */
const PAGES: Readonly<Record<string, (planes: readonly MatrixPlane[]) => readonly string[]>> = {
  '(console)/page.tsx': () => ['/', '/?q=hidden', '/?group=namespace'],
  '(console)/api-reference/page.tsx': () => ['/api-reference'],
  '(console)/ca-access/page.tsx': () => ['/ca-access'],
  '(console)/ca-moves/page.tsx': () => ['/ca-moves'],
  '(console)/certificates/page.tsx': () => ['/certificates'],
  '(console)/planes/[...segments]/page.tsx': (planes) => planes.map(({ key }) => `/planes/${key}`),
  '(console)/register/page.tsx': () => ['/register'],
  '(console)/register/connect/[...segments]/page.tsx': (planes) =>
    planes.map(({ key }) => `/register/connect/${key}`),
  '(console)/wall-setup/page.tsx': () => ['/wall-setup'],
  'login/page.tsx': () => ['/login'],
  'login/done/page.tsx': () => ['/login/done'],
  'wall/page.tsx': () => ['/wall'],
};

test.describe.configure({ mode: 'serial' });

let bare: BareControlPlane<ControlPlane>;
let world: PlantedWorld;
let server: PlaneboardServer;
const secrets = new Map([['the session key', SESSION_KEY]]);

test.beforeAll(async () => {
  bare = await ownControlPlane();
  world = await createMatrixWorld(bare);
  server = await PlaneboardServer.start({
    kubeconfigPath: bare.controlPlane.kubeconfigPath,
    env: { PLANEBOARD_AUTH: 'token', PLANEBOARD_SESSION_KEYS: SESSION_KEY },
  });
  for (const [origin, canary] of world.canaries) secrets.set(origin, canary);
});
test.afterAll(async () => {
  await server?.kill();
  await bare?.stop();
});

/** Signs a person in with their token, and returns the Cookie header of their browser. */
async function signIn(token: string): Promise<string> {
  const answer = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ token }),
  });
  expect(answer.status).toBe(200);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** Returns a page's status and HTML as the browser gets it, with the data for its scripts. */
async function open(cookie: string, path: string): Promise<{ status: number; html: string }> {
  const answer = await fetch(`${server.url}${path}`, { headers: { cookie }, redirect: 'manual' });
  return { status: answer.status, html: await answer.text() };
}

const titleOf = (html: string) => /<title>(.*?)<\/title>/.exec(html)?.[1];

test('every page of the app is opened', () => {
  expect(globSync('**/page.tsx', { cwd: APP }).toSorted()).toEqual(Object.keys(PAGES).toSorted());
});

for (const sort of sorts)
  test(`pages for the ${sort} have no secret, and no plane that the API server doesn't show them`, async () => {
    const { token } = await createPerson(bare.controlPlane, idOf(sort), SORTS[sort]);
    const direct = DirectAnswers.ofToken(bare.controlPlane, token);
    const readable = await readableBy(direct, world.planes);
    const cookie = await signIn(token);
    secrets.set(`the token of the ${sort}`, token);
    secrets.set(`the session of the ${sort}`, cookie.slice(cookie.indexOf('=') + 1));
    // Until the server has read the planes, it has nothing to hide.
    await expect
      .poll(async () => {
        const answer = await fetch(`${server.url}/api/planes`, { headers: { cookie } });
        return ((await answer.json()) as { planes: unknown[] }).planes.length;
      })
      .toBe(readable.size);

    const places: { where: string; text: string }[] = [];
    for (const path of Object.values(PAGES).flatMap((pathsOf) => pathsOf(world.planes))) {
      const { status, html } = await open(cookie, path);
      expect([path, status < 500]).toEqual([path, true]);
      places.push({ where: path, text: html });
    }
    const shown = (text: string, { marks }: MatrixPlane, path = '') =>
      marks.some((mark) => text.includes(mark) && !path.includes(mark));
    const revealed = world.planes.flatMap((plane) =>
      places
        .filter(({ where, text }) => !readable.has(plane.key) && shown(text, plane, where))
        .map(({ where }) => `${plane.key} in ${where}`),
    );
    expect(revealed).toEqual([]);
    expect(placesWith(secrets, places)).toEqual([]);

    // The marks are where they are looked for.
    const list = places.find(({ where }) => where === '/')?.text ?? '';
    const listed = world.planes.filter((plane) => shown(list, plane)).map(({ key }) => key);
    expect(listed.toSorted()).toEqual([...readable].toSorted());

    // A hidden plane looks like one that doesn't exist.
    for (const { key, path, name } of world.planes) {
      if ((await direct.status(path)) !== 403) continue;
      const absent = await open(cookie, `/planes/${key.replace(name, 'absent')}`);
      const hidden = await open(cookie, `/planes/${key}`);
      expect([hidden.status, titleOf(hidden.html)?.replaceAll(name, 'absent')]).toEqual([
        absent.status,
        titleOf(absent.html),
      ]);
    }
    await direct.close();
  });

test('the log of the server has no secret either', () => {
  const lines = server.lines.map((text) => ({ where: text, text }));
  expect(lines.length).toBeGreaterThan(sorts.length);
  expect(placesWith(secrets, lines)).toEqual([]);
});
