import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type BrowserSession, CSRF_HEADER } from '@/lib/api/session';

const SESSION: BrowserSession = {
  mode: 'token',
  user: 'maya',
  groups: [],
  signedInAt: '2026-03-01T10:00:00Z',
  renewAt: '2026-03-01T10:07:30Z',
  usableUntil: '2026-03-01T10:15:00Z',
  idleEndsAt: '2026-03-01T10:15:00Z',
  endsAt: '2026-03-01T22:00:00Z',
  csrf: 'first',
};

const answers: Response[] = [];
const requests: { path: string; method: string; headers: Headers }[] = [];

beforeEach(() => {
  vi.resetModules();
  answers.length = 0;
  requests.length = 0;
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', headers }: RequestInit) => {
    requests.push({ path, method, headers: new Headers(headers) });
    return answers.shift() ?? Response.json({});
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  // The next file shares this worker's modules, and must not find this person in them.
  vi.resetModules();
});

function problem(status: number, code: string): Response {
  return Response.json({ type: 'about:blank', title: code, status, code }, { status });
}

/** Loads the modules anew, with a session. */
async function withSession() {
  const store = await import('@/lib/client/session/session-store');
  store.startSession(SESSION, Date.now());
  return { ...store, ...(await import('./api-request')) };
}

describe('a request of a session', () => {
  test('carries the CSRF value if it is a write', async () => {
    const { getJson, postJson, sendJson } = await withSession();
    await getJson('/api/planes', new AbortController().signal);
    await postJson('/api/registrations', {});
    await sendJson('DELETE', '/api/leftovers', {});
    expect(requests.map(({ headers }) => headers.get(CSRF_HEADER))).toEqual([null, 'first', 'first']);
  });

  test('is repeated once after another tab began a new session of the same person', async () => {
    const { postJson } = await withSession();
    answers.push(
      problem(403, 'csrf'),
      Response.json({ ...SESSION, csrf: 'second' }),
      Response.json({ done: true }),
    );
    expect(await postJson('/api/registrations', {})).toEqual({ done: true });
    expect(requests.map(({ path, headers }) => [path, headers.get(CSRF_HEADER)])).toEqual([
      ['/api/registrations', 'first'],
      ['/api/session', null],
      ['/api/registrations', 'second'],
    ]);
  });

  test('fails after the end of the session if it is a write', async () => {
    const { postJson, getSessionState } = await withSession();
    answers.push(problem(401, 'unauthenticated'));
    await expect(postJson('/api/registrations', {})).rejects.toThrow('Your session has ended.');
    expect(getSessionState().hasEnded).toBe(true);
    expect(requests).toHaveLength(1);
  });

  test('goes on after the next sign-in if it is a read', async () => {
    const { getJson, getSessionState, subscribeSession, acceptSession } = await withSession();
    answers.push(problem(401, 'unauthenticated'), Response.json({ planes: [] }));
    const ended = new Promise<void>((resolve) => {
      subscribeSession(() => getSessionState().hasEnded && resolve());
    });
    const reading = getJson('/api/planes', new AbortController().signal);
    await ended;
    expect(requests).toHaveLength(1);
    acceptSession({ ...SESSION, csrf: 'second' });
    expect(await reading).toEqual({ planes: [] });
  });
});

test('without sign-in, a rejected credential is an error like any other', async () => {
  const { getJson } = await import('./api-request');
  answers.push(problem(401, 'unauthenticated'));
  await expect(getJson('/api/planes', new AbortController().signal)).rejects.toMatchObject({ status: 401 });
});
