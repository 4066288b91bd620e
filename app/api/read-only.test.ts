import { expect, test } from 'vitest';
import { problemSchema } from '@/lib/api/problem';

process.env.PLANEBOARD_READONLY = 'true';
const { POST: register } = await import('./registrations/route');
const { POST: postPlane } = await import('./planes/[...segments]/route');

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
