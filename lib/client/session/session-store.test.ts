import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BrowserSession } from '@/lib/api/session';

const reload = vi.fn();

beforeEach(() => {
  vi.resetModules();
  reload.mockClear();
  vi.stubGlobal('window', { location: { reload } });
});
afterEach(() => {
  vi.unstubAllGlobals();
  // The next file shares this worker's modules, and must not find this person in them.
  vi.resetModules();
});

function sessionOf(user: string, csrf = `${user}-csrf`): BrowserSession {
  return {
    mode: 'token',
    user,
    groups: [],
    signedInAt: '2026-03-01T10:00:00Z',
    renewAt: '2026-03-01T10:07:30Z',
    usableUntil: '2026-03-01T10:15:00Z',
    idleEndsAt: '2026-03-01T10:15:00Z',
    endsAt: '2026-03-01T22:00:00Z',
    csrf,
  };
}

test('a session that was renewed or begun again by the same person replaces the one that ended', async () => {
  const { startSession, endSession, acceptSession, getSessionState } = await import('./session-store');
  startSession(sessionOf('maya'), Date.now());
  endSession();
  expect(getSessionState()).toMatchObject({ hasEnded: true });
  acceptSession(sessionOf('maya', 'new'));
  expect(getSessionState()).toEqual({ session: sessionOf('maya', 'new'), hasEnded: false });
  expect(reload).not.toHaveBeenCalled();
});

test("another person's session loads the page again, and never replaces the state", async () => {
  const { startSession, acceptSession, getSessionState } = await import('./session-store');
  startSession(sessionOf('maya'), Date.now());
  acceptSession(sessionOf('noor'));
  expect(reload).toHaveBeenCalledOnce();
  expect(getSessionState().session?.user).toBe('maya');
});

test("the server's clock counts, whatever this browser's says", async () => {
  const { startSession, sessionNowMs } = await import('./session-store');
  startSession(sessionOf('maya'), Date.now() + 3_600_000);
  expect(sessionNowMs() - Date.now()).toBeGreaterThan(3_599_000);
});

test('a wait for the session ends when the person has signed in, or with its signal', async () => {
  const { startSession, endSession, acceptSession, sessionIsOpen } = await import('./session-store');
  startSession(sessionOf('maya'), Date.now());
  await sessionIsOpen(null);
  endSession();
  const abort = new AbortController();
  const aborted = sessionIsOpen(abort.signal);
  const waiting = sessionIsOpen(null);
  abort.abort();
  await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  acceptSession(sessionOf('maya'));
  await waiting;
});

test('without sign-in nothing ever ends', async () => {
  const { startSession, endSession, getSessionState } = await import('./session-store');
  startSession(null, Date.now());
  endSession();
  expect(getSessionState()).toEqual({ session: null, hasEnded: false });
});
