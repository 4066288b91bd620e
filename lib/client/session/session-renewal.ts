import type { PageSession } from '@/lib/api/session';
import { isPageUsed } from './page-use';
import { tellSession } from './session-channel';
import { readSession, requestRenewal } from './session-requests';
import { getSessionState } from './session-store';

const LOCK = 'planeboard-session-renewal';

/** Reads the session again. Ends it if the server no longer knows it, and renews it if its credential has expired. */
export async function checkSession(): Promise<void> {
  if (getSessionState().session === null) return;
  if ((await readSession()) === 'renewal-due') await renewSession();
}

/**
 * Renews the session for all tabs, one tab at a time: a refresh token that is used twice ends the session. Another tab may
 * just have done so, and its message can arrive after its lock was released, so the server is asked first.
 *
 * @returns whether the session is a renewed one now
 */
export async function renewSession(): Promise<boolean> {
  return withLock(async () => {
    const before = renewAtOf(getSessionState().session);
    const known = await readSession();
    if (typeof known === 'object' && renewAtOf(known) !== before) return true;
    if (known === 'ended' || known === 'lost') return false;
    const renewed = await requestRenewal(isPageUsed());
    if (typeof renewed !== 'object') return false;
    tellSession(renewed);
    return true;
  });
}

/** A proxy's session has no such time, because each request brings the person's identity. */
function renewAtOf(session: PageSession | null): string | null {
  return session === null || session.mode === 'proxy' ? null : session.renewAt;
}

async function withLock<T>(run: () => Promise<T>): Promise<T> {
  // Missing where neither TLS nor loopback protects the page.
  if (navigator.locks === undefined) return run();
  return navigator.locks.request(LOCK, run);
}
