import { randomBytes } from 'node:crypto';
import { expect, test } from '@/e2e/support/fixtures';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';

const NAME = 'hidden-from-strangers';
const API = [
  '/api/planes',
  '/api/planes/stream?once=true',
  `/api/planes/clusterdataplanes/${NAME}`,
  '/api/catalog',
  '/api/certificates',
  '/api/ca-access',
  '/api/leftovers',
  '/api/session',
  '/api/session/rights',
  '/api/wall-preview',
  '/api/wall-tokens',
  '/metrics',
] as const;
const PAGES = [
  '/',
  `/planes/clusterdataplanes/${NAME}`,
  '/certificates',
  '/ca-access',
  '/register',
  '/wall-setup',
] as const;

/** Headers that skip the middleware of vulnerable servers (CVE-2025-29927), or ask for a part of a page. */
const HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no header': {},
  'a middleware subrequest': { 'x-middleware-subrequest': Array(8).fill('proxy').join(':') },
  'a middleware subrequest in src': { 'x-middleware-subrequest': Array(8).fill('src/proxy').join(':') },
  'the old name of a middleware': { 'x-middleware-subrequest': Array(8).fill('middleware').join(':') },
  'a rewrite': { 'x-middleware-rewrite': '/', 'x-middleware-next': '1', 'x-rewrite-url': '/api/planes' },
  'an internal invocation': { 'x-invoke-path': '/', 'x-invoke-status': '200', 'x-matched-path': '/' },
  'server components': { rsc: '1', 'x-nextjs-data': '1' },
  'another caller': {
    'x-forwarded-user': 'admin',
    'x-remote-user': 'admin',
    'impersonate-user': 'system:admin',
    'impersonate-group': 'system:masters',
  },
};

test('without a sign-in, no route or page shows planes, whatever headers a request has', async ({
  planes,
  startServer,
  request,
}) => {
  await planes.add({ kind: 'ClusterDataPlane', name: NAME, planeID: NAME, status: connectedStatus() });
  const { url } = await startServer({
    env: { PLANEBOARD_AUTH: 'token', PLANEBOARD_SESSION_KEYS: randomBytes(32).toString('base64') },
  });
  for (const [what, headers] of Object.entries(HEADERS)) {
    await test.step(what, async () => {
      for (const path of API) {
        // Next redirects a request for server components to an address of its own, also here.
        const answer = await request.get(`${url}${path}`, { headers });
        expect([path, answer.status()]).toEqual([path, 401]);
        expect(await answer.text()).not.toContain('ClusterDataPlane');
      }
      for (const path of PAGES) {
        const answer = await request.get(`${url}${path}`, { headers });
        const text = await answer.text();
        // A page leads to the sign-in by a redirect, or by the instruction to follow one.
        expect(`${answer.url()} ${text}`).toContain('/login');
        expect(text).not.toContain(`"${NAME}"`);
      }
    });
  }
});
