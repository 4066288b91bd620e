import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { ProductMark } from '@/components/shell/product-mark';
import { LoginForm } from '@/components/sign-in/login-form';
import { ProxySignInNote } from '@/components/sign-in/proxy-sign-in-note';
import { parseNextPath } from '@/lib/plane/model/next-path';
import { getConfig } from '@/lib/server/config/config';
import { hasSignIn } from '@/lib/server/config/sign-in-config';
import { asProblemError } from '@/lib/server/http/problem';
import { resolvePageCaller } from '@/lib/server/rights/resolve-caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

export const metadata: Metadata = { title: 'Sign in · Planeboard' };

/** `?next=<path>`: signs in and opens the path. Opens it at once for those who have signed in. */
export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const { next: wanted } = await searchParams;
  const next = parseNextPath(typeof wanted === 'string' ? wanted : null);
  const { auth, publicUrl } = getConfig();
  if (!hasSignIn(auth)) redirect(next as '/');
  const problem = await signInProblem();
  if (problem === null) redirect(next as '/');
  const { installation } = getRuntime();
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-5 flex flex-col items-center gap-2 text-center">
          <ProductMark />
          <h1 className="font-semibold text-lg tracking-tight">Sign in to Planeboard</h1>
          <p className="max-w-full text-pretty text-muted [overflow-wrap:anywhere]">{installation}</p>
        </div>
        <div className="rounded-xl border border-line bg-surface p-5 shadow-raised">
          {auth.includes('proxy') ? (
            <ProxySignInNote
              url={publicUrl?.href ?? '/'}
              problem={problem}
              hasForm={auth.includes('token')}
            />
          ) : null}
          {auth.includes('token') ? <LoginForm next={next} /> : null}
        </div>
      </div>
    </main>
  );
}

/** Returns why this person isn't signed in, in a sentence; null if they are. */
async function signInProblem(): Promise<string | null> {
  try {
    await resolvePageCaller(await headers());
    return null;
  } catch (error) {
    // Also if the API server can't be reached: the form then says so.
    return asProblemError(error).message;
  }
}
