import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { SignInFrame } from '@/components/shell/sign-in-frame';
import { SignedInWindow } from '@/components/sign-in/signed-in-window';
import type { BrowserSession } from '@/lib/api/session';
import { describeSession } from '@/lib/server/rights/own-session';
import { resolvePageCaller } from '@/lib/server/rights/resolve-caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

export const metadata: Metadata = { title: 'Signed in · Planeboard' };

/** Where a sign-in in a window of its own ends. Tells the tab that asked for it. */
export default async function SignedInPage() {
  const session = await ownSession();
  if (!session) redirect('/login');
  return (
    <SignInFrame title="Signed in" installation={getRuntime().installation}>
      <SignedInWindow session={session} />
    </SignInFrame>
  );
}

async function ownSession(): Promise<BrowserSession | null> {
  try {
    const received = await headers();
    const answer = await describeSession(received, await resolvePageCaller(received));
    return 'endsAt' in answer ? answer : null;
  } catch {
    return null;
  }
}
