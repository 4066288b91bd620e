import type { BrowserSession } from '@/lib/api/session';
import { paced } from '@/lib/plane/time/pace';
import { keepProxySession } from './keep-proxy-session';
import { forgetPageUse, isPageUsed, notePageUse } from './page-use';
import { clearOwnStorage } from './person';
import { listenToTabs } from './session-channel';
import { checkSession, renewSession } from './session-renewal';
import { acceptSession, getSessionState, sessionNowMs, subscribeSession } from './session-store';

const CHECK_MS = 5000;
/** An expired credential ends the stream, so an unused page renews it this long before. */
const LEAD_MS = 20_000;
/** What a person does at a page. A page that only shows live data isn't used. */
const ACTIVITY = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;

let isLeaving = false;

/**
 * Keeps the session while the person uses this page, notices when it ends, and follows the other tabs. Returns a
 * function that stops all this. Does nothing if nobody signs in.
 */
export function keepSession(): () => void {
  const { session: first } = getSessionState();
  if (first?.mode === 'proxy') return keepProxySession(first);
  if (first === null) return () => {};
  let { renewAt }: Pick<BrowserSession, 'renewAt'> = first;
  const stopFollowing = subscribeSession(() => {
    const session = ownSession();
    if (!session || session.renewAt === renewAt) return;
    renewAt = session.renewAt;
    forgetPageUse();
  });
  let isBusy = false;
  const check = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      if (hasExpired()) await checkSession();
      else if ((isPageUsed() && isRenewalDue()) || isCredentialEnding()) await renewSession();
    } finally {
      isBusy = false;
    }
  };
  const timer = setInterval(() => void check(), paced(CHECK_MS));
  // Restored by the Back button, a page may be of someone who has signed out.
  const onPageShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) void checkSession();
  };
  const stopListening = listenToTabs((message) => {
    if (message.type === 'session') acceptSession(message.session);
    else leave();
  });
  for (const type of ACTIVITY) window.addEventListener(type, notePageUse, { capture: true, passive: true });
  window.addEventListener('pageshow', onPageShow);
  return () => {
    clearInterval(timer);
    stopFollowing();
    stopListening();
    for (const type of ACTIVITY) window.removeEventListener(type, notePageUse, { capture: true });
    window.removeEventListener('pageshow', onPageShow);
  };
}

/**
 * Removes what this tab holds for the person, and leaves.
 *
 * @param next an address of the identity provider; null: the sign-in page
 */
export function leave(next: string | null = null): void {
  // The page receives its own message to the other tabs.
  if (isLeaving) return;
  isLeaving = true;
  clearOwnStorage();
  window.location.assign(next ?? '/login');
}

function isRenewalDue(): boolean {
  const session = ownSession();
  return session !== null && !getSessionState().hasEnded && sessionNowMs() >= Date.parse(session.renewAt);
}

function hasExpired(): boolean {
  const session = ownSession();
  return session !== null && !getSessionState().hasEnded && sessionNowMs() >= Date.parse(session.idleEndsAt);
}

/** Returns the session that Planeboard itself keeps, and that can be renewed; null if there is none. */
function ownSession(): BrowserSession | null {
  const { session } = getSessionState();
  return session?.mode === 'proxy' ? null : session;
}

/** Whether the credential expires while the session may go on without a use of this page. */
function isCredentialEnding(): boolean {
  const session = ownSession();
  if (session === null || getSessionState().hasEnded || session.usableUntil === session.idleEndsAt)
    return false;
  return sessionNowMs() >= Date.parse(session.usableUntil) - LEAD_MS;
}
