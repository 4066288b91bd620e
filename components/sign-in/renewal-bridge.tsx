'use client';

import { useEffect, useState } from 'react';
import type { BrowserSession } from '@/lib/api/session';
import { renewSession } from '@/lib/client/session/session-renewal';
import { startSession } from '@/lib/client/session/session-store';
import { LoginForm } from './login-form';
import type { SignInMethods } from './sign-in-options';

/**
 * Renews a session whose credential has expired, and goes on to the page. Asks to sign in if that fails. Only a script of
 * a page can renew: a link of another site must not.
 */
export function RenewalBridge({
  session,
  serverTime,
  next,
  methods,
}: {
  readonly session: BrowserSession;
  readonly serverTime: string;
  readonly next: string;
  readonly methods: SignInMethods;
}) {
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    startSession(session, Date.parse(serverTime));
    void renewSession().then((isRenewed) => {
      if (isRenewed) window.location.replace(next);
      else setHasFailed(true);
    });
  }, [session, serverTime, next]);
  if (hasFailed) return <LoginForm next={next} methods={methods} failure="not-renewed" />;
  return (
    <p role="status" className="py-6 text-center text-muted">
      Continuing your session…
    </p>
  );
}
