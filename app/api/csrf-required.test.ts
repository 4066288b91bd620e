import { randomBytes } from 'node:crypto';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { problemSchema } from '@/lib/api/problem';
import { CSRF_HEADER } from '@/lib/api/session';
import { getConfig } from '@/lib/server/config/config';
import { PROXY_SECRET_HEADER } from '@/lib/server/http/identity-headers';
import { clearProcessSlots } from '@/lib/server/process/process-slot';
import { proxyCsrf } from '@/lib/server/sign-in/proxy-csrf';
import { newSession } from '@/lib/server/sign-in/session';
import { sealSession } from '@/lib/server/sign-in/session-seal';
import { captureLog } from '@/testing/server/test-runtime';

const app = join(import.meta.dirname, '..');
const METHODS = ['POST', 'PATCH', 'PUT', 'DELETE'] as const;

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

interface Route {
  readonly file: string;
  readonly path: string;
  readonly params: unknown;
}

/** Every route that answers people, with each of its subpaths. */
const routes = globSync('**/route.ts', { cwd: app })
  .filter((file) => !/^(wall|healthz|readyz)\//.test(file) && !file.includes('[...path]'))
  .flatMap((file): Route[] => {
    const path = `/${file.replace(/\/route\.ts$/, '')}`;
    if (!path.endsWith('[...segments]')) return [{ file, path, params: { id: 'wall-1' } }];
    return [[], ['refresh'], ['credentials'], ['replacements']].map((tail) => ({
      file,
      path: path.replace('[...segments]', ['dataplanes', 'acme', 'prod', ...tail].join('/')),
      params: { segments: ['dataplanes', 'acme', 'prod', ...tail] },
    }));
  });

const SECRET = randomBytes(32).toString('hex');

let cookie: string;

beforeAll(async () => {
  vi.stubEnv('PLANEBOARD_AUTH', 'token,proxy');
  vi.stubEnv('PLANEBOARD_PROXY_SECRET', SECRET);
  vi.stubEnv('PLANEBOARD_SESSION_KEYS', randomBytes(32).toString('base64'));
  clearProcessSlots();
  captureLog();
  const { session } = getConfig();
  if (!session) throw new Error('There is no sign-in.');
  const signedIn = newSession({ mode: 'token', credential: 'x', user: 'maya' }, Date.now());
  cookie = `planeboard-3000=${await sealSession(signedIn, session)}`;
});
afterAll(() => {
  vi.unstubAllEnvs();
  clearProcessSlots();
});

/** Returns the codes with which a route answers its writes. Leaves out the methods that it doesn't have. */
async function codesOf({ file, path, params }: Route, fields: Record<string, string>): Promise<string[]> {
  const handlers = (await import(join(app, file))) as Partial<Record<string, Handler>>;
  const codes = await Promise.all(
    METHODS.map(async (method) => {
      const headers = { host: 'localhost:3000', 'content-type': 'application/json', ...fields };
      const request = new Request(`http://localhost:3000${path}`, { method, headers, body: '{}' });
      const answer = await handlers[method]?.(request, { params: Promise.resolve(params) });
      return answer === undefined || answer.ok
        ? `${method} ${answer?.status ?? 'method-not-allowed'}`
        : `${method} ${problemSchema.parse(await answer.json()).code}`;
    }),
  );
  return codes.filter((code) => !code.endsWith('method-not-allowed'));
}

test('every route is covered', () => {
  expect(routes.length).toBeGreaterThan(15);
});

test.each(routes)("a write of $path needs the session's CSRF value", async (route) => {
  for (const fields of [{ cookie }, { cookie, [CSRF_HEADER]: 'x' }]) {
    const codes = await codesOf(route, fields);
    // Signing in needs no session: it begins one.
    const others = codes.filter((code) => !code.endsWith(' csrf'));
    expect(others).toEqual(route.path === '/api/session' ? ['POST invalid-field'] : []);
  }
});

test.each(routes)('a write of $path needs a credential', async (route) => {
  const codes = await codesOf(route, {});
  const others = codes.filter((code) => !code.endsWith(' unauthenticated'));
  // Without a session, a sign-out only clears the cookies.
  expect(others).toEqual(route.path === '/api/session' ? ['POST invalid-field', 'DELETE 200'] : []);
});

test.each(routes)(
  'a write of $path needs the CSRF value of the person whom the proxy names',
  async (route) => {
    const { session } = getConfig();
    if (!session) throw new Error('There are no session keys.');
    const named = { 'x-forwarded-user': 'maya', [PROXY_SECRET_HEADER]: SECRET };
    const ofAnother = proxyCsrf('noor', session, Date.now());
    for (const fields of [named, { ...named, [CSRF_HEADER]: 'x' }, { ...named, [CSRF_HEADER]: ofAnother }]) {
      const codes = await codesOf(route, fields);
      const others = codes.filter((code) => !code.endsWith(' csrf'));
      // Neither acts for the person: one begins a session, the other only removes one.
      expect(others).toEqual(route.path === '/api/session' ? ['POST invalid-field', 'DELETE 200'] : []);
    }
  },
);

test.each(routes)('a write of $path is refused to a claimed person without proof', async (route) => {
  const codes = await codesOf(route, { 'x-forwarded-user': 'maya', [PROXY_SECRET_HEADER]: 'x' });
  const others = codes.filter((code) => !code.endsWith(' unauthenticated'));
  expect(others).toEqual(route.path === '/api/session' ? ['POST invalid-field', 'DELETE 200'] : []);
});
