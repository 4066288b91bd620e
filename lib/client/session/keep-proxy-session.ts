import type { ProxySession } from '@/lib/api/session';
import { paced } from '@/lib/plane/time/pace';
import { clearOwnStorage } from './person';
import { listenToTabs, tellSession } from './session-channel';
import { checkSession } from './session-renewal';
import { acceptSession } from './session-store';

const CHECK_MS = 60_000;

/**
 * Notices when the proxy in front of Planeboard says that this browser belongs to another person, or to no one. Only a
 * request shows it. Returns a function that stops this.
 */
export function keepProxySession(session: ProxySession): () => void {
  // The other tabs may still be of the person before.
  tellSession(session);
  const check = () => void checkSession();
  const timer = setInterval(check, paced(CHECK_MS));
  const onVisibility = () => {
    if (document.visibilityState === 'visible') check();
  };
  // Restored by the Back button, a page may be of someone who has signed out.
  const onPageShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) check();
  };
  const stopListening = listenToTabs((message) => {
    if (message.type === 'session') acceptSession(message.session);
    else if (session.signOutUrl !== null) leaveThroughProxy(session.signOutUrl);
  });
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('pageshow', onPageShow);
  return () => {
    clearInterval(timer);
    stopListening();
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('pageshow', onPageShow);
  };
}

/** Removes what this tab holds for the person, and opens the page where the proxy signs out. */
export function leaveThroughProxy(signOutUrl: string): void {
  clearOwnStorage();
  window.location.assign(signOutUrl);
}
