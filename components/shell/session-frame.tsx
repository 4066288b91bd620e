'use client';

import { lazy, type ReactNode, Suspense, useEffect, useSyncExternalStore } from 'react';
import type { SignInMethods } from '@/components/sign-in/sign-in-options';
import type { PageSession } from '@/lib/api/session';
import { keepSession } from '@/lib/client/session/keep-session';
import { getSessionState, startSession, subscribeSession } from '@/lib/client/session/session-store';

const SessionEndDialog = lazy(async () => ({
  default: (await import('./session-end-dialog')).SessionEndDialog,
}));

/**
 * Starts the page's session before anything below reads its person's storage, keeps it while the page is used, and asks
 * to sign in again over the page when it has ended.
 */
export function SessionFrame({
  session,
  serverTime,
  signIn,
  children,
}: {
  /** Null if nobody signs in. */
  readonly session: PageSession | null;
  /** When the server rendered the page, by its own clock. */
  readonly serverTime: string;
  /** How to sign in again. */
  readonly signIn: SignInMethods;
  readonly children: ReactNode;
}) {
  if (typeof window !== 'undefined') startSession(session, Date.parse(serverTime));
  useEffect(keepSession, []);
  const hasEnded = useSyncExternalStore(
    subscribeSession,
    () => getSessionState().hasEnded,
    () => false,
  );
  return (
    <>
      {children}
      {hasEnded ? (
        <Suspense>
          <SessionEndDialog methods={signIn} />
        </Suspense>
      ) : null}
    </>
  );
}
