'use client';

import { tellSession } from '@/lib/client/session/session-channel';
import { SignInForm } from './sign-in-form';

/** The form of the sign-in page. Leads to a path of this site, and tells the other tabs. */
export function LoginForm({ next }: { readonly next: string }) {
  return (
    <SignInForm
      onSignedIn={(session) => {
        tellSession(session);
        // A full load: nothing that the page held before belongs to this person.
        window.location.assign(next);
      }}
    />
  );
}
