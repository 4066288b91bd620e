import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { ProductMark } from '@/components/shell/product-mark';
import { LoginForm } from '@/components/sign-in/login-form';
import { parseNextPath } from '@/lib/plane/model/next-path';
import { getConfig } from '@/lib/server/config/config';
import { hasSignIn } from '@/lib/server/config/sign-in-config';
import { resolvePageCaller } from '@/lib/server/rights/resolve-caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

export const metadata: Metadata = { title: 'Sign in · Planeboard' };

/** `?next=<path>`: signs in and opens the path. Opens it at once for those who have signed in. */
export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const { next: wanted } = await searchParams;
  const next = parseNextPath(typeof wanted === 'string' ? wanted : null);
  if (!hasSignIn(getConfig().auth) || (await isSignedIn())) redirect(next as '/');
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
          <LoginForm next={next} />
        </div>
      </div>
    </main>
  );
}

async function isSignedIn(): Promise<boolean> {
  try {
    await resolvePageCaller(await headers());
    return true;
  } catch {
    // Also if the API server can't be reached: the form then says so.
    return false;
  }
}
