'use client';

import { useEffect } from 'react';
import { Button } from '@/components/ui/button';
import type { BrowserSession } from '@/lib/api/session';
import { tellSession } from '@/lib/client/session/session-channel';

/** The end of a sign-in in a window of its own: tells the other tabs, and closes the window. */
export function SignedInWindow({ session }: { readonly session: BrowserSession }) {
  useEffect(() => {
    tellSession(session);
    window.close();
  }, [session]);
  return (
    <div className="grid gap-4 text-center">
      <p className="text-pretty">You are signed in. Your other tabs continue.</p>
      <Button variant="outline" className="w-full" onClick={() => window.close()}>
        Close this window
      </Button>
    </div>
  );
}
