'use client';

import { ErrorBox } from '@/components/ui/notice';
import { SIGN_IN_FAILURES, type SignInFailure } from '@/lib/api/sign-in-failure';
import { tellSession } from '@/lib/client/session/session-channel';
import { providerPath, type SignInMethods, SignInOptions } from './sign-in-options';

/** The form of the sign-in page. Leads to a path of this site, and tells the other tabs. */
export function LoginForm({
  next,
  methods,
  failure,
}: {
  readonly next: string;
  readonly methods: SignInMethods;
  /** Why the last attempt at the identity provider failed; null if none did. */
  readonly failure: SignInFailure | null;
}) {
  return (
    <div className="grid gap-4">
      {failure === null ? null : <ErrorBox>{SIGN_IN_FAILURES[failure]}</ErrorBox>}
      <SignInOptions
        methods={methods}
        providerHref={providerPath(next)}
        onSignedIn={(session) => {
          tellSession(session);
          // A full load: nothing that the page held before belongs to this person.
          window.location.assign(next);
        }}
      />
    </div>
  );
}
