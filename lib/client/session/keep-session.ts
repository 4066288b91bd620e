import type { BrowserSession } from '@/lib/api/session';
import { paced } from '@/lib/plane/time/pace';
import { keepProxySession } from './keep-proxy-session';
import { clearOwnStorage } from './person';
import { listenToTabs, tellSession } from './session-channel';
import { checkSession, renewSession } from './session-requests';
import { acceptSession, getSessionState, sessionNowMs, subscribeSession } from './session-store';

const CHECK_MS = 5000;
const LOCK = 'planeboard-session-renewal';
/** What a person does at a page. A page that only shows live data isn't used. */
const ACTIVITY = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;

/**
 * Keeps the session while the person uses this page, notices when it ends, and follows the other tabs. Returns a
 * function that stops all this. Does nothing if nobody signs in.
 */
export function keepSession(): () => void {
  const { session: first } = getSessionState();
  if (first?.mode === 'proxy') return keepProxySession(first);
  if (first === null) return () => {};
  // Opening the page is the first use of it.
  let isUsed = true;
  let { renewAt }: Pick<BrowserSession, 'renewAt'> = first;
  const use = () => {
    isUsed = true;
  };
  // Each renewal needs a use after the last one.
  const stopFollowing = subscribeSession(() => {
    const session = ownSession();
    if (!session || session.renewAt === renewAt) return;
    renewAt = session.renewAt;
    isUsed = false;
  });
  let isBusy = false;
  const check = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      if (hasExpired()) await checkSession();
      else if (isUsed && isRenewalDue()) await withLock(renewIfDue);
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
  for (const type of ACTIVITY) window.addEventListener(type, use, { capture: true, passive: true });
  window.addEventListener('pageshow', onPageShow);
  return () => {
    clearInterval(timer);
    stopFollowing();
    stopListening();
    for (const type of ACTIVITY) window.removeEventListener(type, use, { capture: true });
    window.removeEventListener('pageshow', onPageShow);
  };
}

/** Removes what this tab holds for the person, and opens the sign-in page. */
export function leave(): void {
  clearOwnStorage();
  window.location.assign('/login');
}

/**
 * Renews for all tabs. Another tab may just have done so: its message can arrive after its lock was released, so only the
 * server knows for sure.
 */
async function renewIfDue(): Promise<void> {
  const before = ownSession();
  if (!isRenewalDue()) return;
  await checkSession();
  if (getSessionState().hasEnded || ownSession()?.renewAt !== before?.renewAt) return;
  const renewed = await renewSession();
  if (renewed) tellSession(renewed);
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

async function withLock(run: () => Promise<void>): Promise<void> {
  // Missing where neither TLS nor loopback protects the page.
  if (navigator.locks === undefined) await run();
  else await navigator.locks.request(LOCK, run);
}
