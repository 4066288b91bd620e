import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ProxySession } from '@/lib/api/session';

const reload = vi.fn();
const assign = vi.fn();
/** What the server answers to `GET /api/session`; null: nobody is signed in. */
let named: ProxySession | null;
let requests = 0;

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  reload.mockClear();
  assign.mockClear();
  requests = 0;
  named = sessionOf('maya');
  const target = new EventTarget();
  vi.stubGlobal('window', Object.assign(target, { location: { reload, assign } }));
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
  vi.stubGlobal('fetch', async () => {
    requests += 1;
    return named === null
      ? Response.json(
          { type: 'about:blank', title: 'x', status: 401, code: 'unauthenticated' },
          { status: 401 },
        )
      : Response.json(named);
  });
});
afterEach(() => {
  // The next file shares this worker's modules, and must not find this person in them.
  vi.resetModules();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function sessionOf(user: string, csrf = `${user}-csrf`): ProxySession {
  return { mode: 'proxy', user, groups: [], csrf, signOutUrl: '/oauth2/sign_out' };
}

/** Loads the modules anew, as a page of this person. */
async function openPage(session = sessionOf('maya')) {
  const store = await import('./session-store');
  store.startSession(session, Date.now());
  const { keepSession } = await import('./keep-session');
  return { ...store, stop: keepSession() };
}

test('a page checks once a minute and when it becomes visible whom it is for', async () => {
  const { getSessionState, stop } = await openPage();
  named = sessionOf('maya', 'newer');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(getSessionState().session?.csrf).toBe('newer');
  document.dispatchEvent(new Event('visibilitychange'));
  await vi.advanceTimersByTimeAsync(0);
  expect(requests).toBe(2);
  stop();
  await vi.advanceTimersByTimeAsync(300_000);
  expect(requests).toBe(2);
});

test('a page of someone else is loaded again', async () => {
  const { stop } = await openPage();
  named = sessionOf('noor');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reload).toHaveBeenCalledOnce();
  stop();
});

test('a page goes on as soon as the proxy names its person again', async () => {
  const { getSessionState, stop } = await openPage();
  named = null;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(getSessionState().hasEnded).toBe(true);
  named = sessionOf('maya');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(getSessionState().hasEnded).toBe(false);
  stop();
});

test('a new page tells the other tabs whom it is for, and a sign-out reaches them', async () => {
  vi.useRealTimers();
  const channel = new BroadcastChannel('planeboard-session');
  const told = new Promise((resolve) => {
    channel.onmessage = ({ data }) => resolve(data);
  });
  const { stop } = await openPage();
  expect(await told).toMatchObject({ type: 'session', session: { user: 'maya' } });
  channel.postMessage({ type: 'signed-out' });
  await vi.waitFor(() => expect(assign).toHaveBeenCalledWith('/oauth2/sign_out'));
  channel.close();
  stop();
});
