'use client';

import { LogIn } from 'lucide-react';
import type { MouseEvent } from 'react';
import { buttonClass } from '@/components/ui/button';
import type { BrowserSession } from '@/lib/api/session';
import { SignInForm } from './sign-in-form';

/** How people can sign in. */
export interface SignInMethods {
  /** What the identity provider is called; null: there is none. */
  readonly provider: string | null;
  readonly hasToken: boolean;
}

/**
 * The ways to sign in: with the identity provider, with a token, or both.
 *
 * @param providerHref leads to the provider and back
 * @param onProvider called before the link is followed, so that it can open elsewhere
 */
export function SignInOptions({
  methods: { provider, hasToken },
  providerHref,
  onProvider,
  onSignedIn,
}: {
  readonly methods: SignInMethods;
  readonly providerHref: string;
  readonly onProvider?: (event: MouseEvent<HTMLAnchorElement>) => void;
  readonly onSignedIn: (session: BrowserSession, serverNowMs: number) => void;
}) {
  return (
    <div className="grid gap-4">
      {provider === null ? null : (
        // Not a `Link`, which would load the provider's page ahead.
        <a
          href={providerHref}
          onClick={onProvider}
          target={onProvider ? '_blank' : undefined}
          className={`${buttonClass('primary')} h-9! w-full min-w-0 shrink!`}
          data-first-focus=""
        >
          <LogIn size={15} aria-hidden="true" className="shrink-0" />
          <span className="truncate">Continue with {provider}</span>
        </a>
      )}
      {provider !== null && hasToken ? (
        <div className="flex items-center gap-3 text-muted text-xs" aria-hidden="true">
          <span className="h-px flex-1 bg-line" />
          or
          <span className="h-px flex-1 bg-line" />
        </div>
      ) : null}
      {hasToken ? <SignInForm isFirst={provider === null} onSignedIn={onSignedIn} /> : null}
    </div>
  );
}

/** Returns the path that leads to the identity provider, and to a path of this site afterwards. */
export function providerPath(next: string): string {
  return next === '/' ? '/api/session/oidc' : `/api/session/oidc?next=${encodeURIComponent(next)}`;
}
