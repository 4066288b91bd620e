import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { SignInFrame } from '@/components/shell/sign-in-frame';
import { LoginForm } from '@/components/sign-in/login-form';
import { ProxySignInNote } from '@/components/sign-in/proxy-sign-in-note';
import { RenewalBridge } from '@/components/sign-in/renewal-bridge';
import { signInFailureSchema } from '@/lib/api/sign-in-failure';
import { parseNextPath } from '@/lib/plane/model/next-path';
import { getConfig } from '@/lib/server/config/config';
import { hasSignIn, signInMethods } from '@/lib/server/config/sign-in-config';
import { asProblemError, type ProblemError } from '@/lib/server/http/problem';
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
  const problem = hasSignIn(config.auth) ? await signInProblem() : null;
  if (problem === null) redirect(next as '/');
  const methods = signInMethods(config);
  const renewable = problem.code === 'renewal-due' ? await renewableSession(await headers()) : null;
  const hasForm = methods.provider !== null || methods.hasToken;
  return (
    <SignInFrame title="Sign in to Planeboard" installation={getRuntime().installation}>
      {config.auth.includes('proxy') ? (
        <ProxySignInNote url={config.publicUrl?.href ?? '/'} problem={problem.message} hasForm={hasForm} />
      ) : null}
      {renewable ? (
        <RenewalBridge
          session={renewable}
          serverTime={new Date().toISOString()}
          next={next}
          methods={methods}
        />
      ) : hasForm ? (
        <LoginForm
          next={next}
          methods={methods}
          failure={signInFailureSchema.safeParse(failed).data ?? null}
        />
      ) : null}
    </SignInFrame>
  );
}

/** Returns why this person isn't signed in; null if they are. */
async function signInProblem(): Promise<ProblemError | null> {
  try {
    await resolvePageCaller(await headers());
    return null;
  } catch (error) {
    // Also if the API server can't be reached: the form then says so.
    return asProblemError(error);
  }
}
