import { expect, test } from 'vitest';
import { problemSchema } from '@/lib/api/problem';

process.env.PLANEBOARD_READONLY = 'true';
const { POST: register } = await import('@/app/api/registrations/route');
const {
  DELETE: deletePlane,
  PATCH: patchPlane,
  POST: postPlane,
} = await import('@/app/api/planes/[...segments]/route');

const { DELETE: revokeToken } = await import('@/app/api/wall-tokens/[id]/route');
const { POST: makeToken } = await import('@/app/api/wall-tokens/route');

const ask = (path: string) =>
  new Request(`http://127.0.0.1${path}`, {
    method: 'POST',
    headers: { host: '127.0.0.1', 'content-type': 'application/json' },
    body: '{}',
  });

test('a read-only dashboard registers nothing and touches nothing', async () => {
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
  ['changed', patchPlane, 'PATCH', [], { resourceVersion: '1', changes: { displayName: 'x' } }],
  [
    'put into maintenance',
    patchPlane,
    'PATCH',
    [],
    { resourceVersion: '1', changes: { maintenance: { until: '2999-01-01T00:00:00Z' } } },
  ],
  ['deleted', deletePlane, 'DELETE', [], { confirm: 'prod', uid: '1' }],
  [
    're-keyed',
    postPlane,
    'POST',
    ['credentials'],
    { slot: 'clusterAgent.clientCA', action: 'add', text: 'x' },
  ],
] as const)('on a read-only dashboard no plane is %s', async (_, route, method, action, body) => {
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

test('a read-only dashboard makes and revokes no links to walls', async () => {
  const answers = [
    await makeToken(ask('/api/wall-tokens')),
    await revokeToken(ask('/api/wall-tokens/wall-1'), { params: Promise.resolve({ id: 'wall-1' }) }),
  ];
  for (const answer of answers) expect(problemSchema.parse(await answer.json()).code).toBe('read-only');
});
