import { afterAll, expect, test, vi } from 'vitest';
import { problemSchema } from '@/lib/api/problem';

vi.stubEnv('PLANEBOARD_READONLY', 'true');
afterAll(() => vi.unstubAllEnvs());

const { POST: register } = await import('@/app/api/registrations/route');
const {
  DELETE: deletePlane,
  PATCH: patchPlane,
  POST: postPlane,
} = await import('@/app/api/planes/[...segments]/route');

const { DELETE: revokeToken } = await import('@/app/api/wall-tokens/[id]/route');
const { POST: createToken } = await import('@/app/api/wall-tokens/route');

const ask = (path: string) =>
  new Request(`http://127.0.0.1${path}`, {
    method: 'POST',
    headers: { host: '127.0.0.1', 'content-type': 'application/json' },
    body: '{}',
  });

test('a read-only dashboard registers no plane and refreshes none', async () => {
  const segments = ['dataplanes', 'acme', 'prod', 'refresh'];
  const answers = [
    await register(ask('/api/registrations?dryRun=false')),
    await register(ask('/api/registrations')),
    await postPlane(ask('/api/planes/dataplanes/acme/prod/refresh'), {
      params: Promise.resolve({ segments }),
    }),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(403);
    expect(problemSchema.parse(await answer.json()).code).toBe('read-only');
  }
});

test.each([
  ['edit', patchPlane, 'PATCH', [], { resourceVersion: '1', changes: { displayName: 'x' } }],
  [
    'set maintenance on',
    patchPlane,
    'PATCH',
    [],
    { resourceVersion: '1', changes: { maintenance: { until: '2999-01-01T00:00:00Z' } } },
  ],
  ['delete', deletePlane, 'DELETE', [], { confirm: 'prod', uid: '1' }],
  [
    'replace a credential of',
    postPlane,
    'POST',
    ['credentials'],
    { slot: 'clusterAgent.clientCA', action: 'add', text: 'x' },
  ],
  [
    'restore a credential of',
    postPlane,
    'POST',
    ['replacements'],
    { slot: 'clusterAgent.clientCA', action: 'restore' },
  ],
] as const)("a read-only dashboard can't %s a plane", async (_, route, method, action, body) => {
  const segments = ['dataplanes', 'acme', 'prod', ...action];
  const request = new Request(`http://127.0.0.1/api/planes/${segments.join('/')}`, {
    method,
    headers: { host: '127.0.0.1', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await route(request, { params: Promise.resolve({ segments }) });
  expect(answer.status).toBe(403);
  expect(problemSchema.parse(await answer.json()).code).toBe('read-only');
});

test('a read-only dashboard creates and revokes no wall links', async () => {
  const answers = [
    await createToken(ask('/api/wall-tokens')),
    await revokeToken(ask('/api/wall-tokens/wall-1'), { params: Promise.resolve({ id: 'wall-1' }) }),
  ];
  for (const answer of answers) expect(problemSchema.parse(await answer.json()).code).toBe('read-only');
});
