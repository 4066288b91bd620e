import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { SignInFrame } from '@/components/shell/sign-in-frame';
import { LoginForm } from '@/components/sign-in/login-form';
import { RenewalBridge } from '@/components/sign-in/renewal-bridge';
import { signInFailureSchema } from '@/lib/api/sign-in-failure';
import { parseNextPath } from '@/lib/plane/model/next-path';
import { getConfig } from '@/lib/server/config/config';
import { hasSignIn, signInMethods } from '@/lib/server/config/sign-in-config';
import { asProblemError } from '@/lib/server/http/problem';
import { renewableSession } from '@/lib/server/rights/own-session';
import { resolvePageCaller } from '@/lib/server/rights/resolve-caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

export const metadata: Metadata = { title: 'Sign in · Planeboard' };

/**
 * `?next=<path>`: signs in and opens the path. Opens it at once for those who have signed in, and renews a session whose
 * credential has expired. `failed=`: why the identity provider led back without a sign-in.
 */
export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const { next: wanted, failed } = await searchParams;
  const next = parseNextPath(typeof wanted === 'string' ? wanted : null);
  const config = getConfig();
  const state = hasSignIn(config.auth) ? await sessionState() : 'signed-in';
  if (state === 'signed-in') redirect(next as '/');
  const methods = signInMethods(config);
  const renewable = state === 'renewal-due' ? await renewableSession(await headers()) : null;
  return (
    <SignInFrame title="Sign in to Planeboard" installation={getRuntime().installation}>
      {renewable ? (
        <RenewalBridge
          session={renewable}
          serverTime={new Date().toISOString()}
          next={next}
          methods={methods}
        />
      ) : (
        <LoginForm
          next={next}
          methods={methods}
          failure={signInFailureSchema.safeParse(failed).data ?? null}
        />
      )}
    </SignInFrame>
  );
}

async function sessionState(): Promise<'signed-in' | 'renewal-due' | 'signed-out'> {
  try {
    await resolvePageCaller(await headers());
    return 'signed-in';
  } catch (error) {
    // Also if the API server can't be reached: the form then says so.
    return asProblemError(error).code === 'renewal-due' ? 'renewal-due' : 'signed-out';
  }
}
