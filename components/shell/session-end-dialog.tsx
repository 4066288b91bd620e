'use client';

import { LogIn } from 'lucide-react';
import { useState } from 'react';
import { openProviderWindow } from '@/components/sign-in/provider-window';
import { ProxySignInLink } from '@/components/sign-in/proxy-sign-in-link';
import { providerPath, type SignInMethods, SignInOptions } from '@/components/sign-in/sign-in-options';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { tellSession } from '@/lib/client/session/session-channel';
import { acceptSession, getSessionState } from '@/lib/client/session/session-store';

/** Where a sign-in in a window of its own ends. */
const WINDOW_END = '/login/done';

/**
 * Asks to sign in again over the page, which keeps what was typed. Can be closed, to copy something from the page; a bar
 * then opens it again.
 */
export function SessionEndDialog({ methods }: { readonly methods: SignInMethods }) {
  const [isOpen, setIsOpen] = useState(true);
  const { session: ended } = getSessionState();
  const user = ended?.user ?? '';
  return (
    <>
      <Dialog
        open={isOpen}
        onClose={() => setIsOpen(false)}
        title="Your session has ended"
        firstFocus="[data-first-focus]"
      >
        <p className="mb-4 text-pretty text-muted [overflow-wrap:anywhere]">
          Sign in as <strong className="font-medium text-ink">{user}</strong> to continue. What you entered on
          this page is kept. If another person signs in, the page is reloaded without it.
        </p>
        {ended?.mode === 'proxy' ? (
          <ProxySignInLink />
        ) : (
          <SignInOptions
            methods={methods}
            providerHref={providerPath(WINDOW_END)}
            onProvider={openProviderWindow}
            onSignedIn={(session, serverNowMs) => {
              tellSession(session);
              acceptSession(session, serverNowMs);
            }}
          />
        )}
      </Dialog>
      {isOpen ? null : (
        <div
          role="alert"
          className="fixed inset-x-0 bottom-4 z-40 mx-auto flex w-fit max-w-[calc(100vw-2rem)] items-center gap-3 rounded-lg border border-line bg-raised px-3 py-2 shadow-raised"
        >
          <span className="min-w-0">Your session has ended. This page no longer updates.</span>
          <Button variant="primary" onClick={() => setIsOpen(true)}>
            <LogIn size={14} aria-hidden="true" />
            Sign in
          </Button>
        </div>
      )}
    </>
  );
}
