import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { DataAgeBanner, HeldBackBanner, IncidentBanner } from '@/components/shell/banners';
import { ConsoleHeader } from '@/components/shell/console-header';
import { ControlPlaneBanner } from '@/components/shell/control-plane-banner';
import { FleetHeadline } from '@/components/shell/fleet-headline';
import { KeyboardPanels } from '@/components/shell/keyboard-panels';
import { SessionFrame } from '@/components/shell/session-frame';
import { parseTheme, THEME_COOKIE } from '@/components/shell/theme';
import { TipLayer } from '@/components/ui/tip-layer';
import { FirstPaintProvider } from '@/lib/client/feed/fleet-meta';
import { getConfig } from '@/lib/server/config/config';
import { signInMethods } from '@/lib/server/config/sign-in-config';
import { pageCaller, pageSession, pageSnapshot } from './page-data';

export async function generateMetadata(): Promise<Metadata> {
  const { installation } = await pageSnapshot();
  return {
    title: { default: `${installation} · Planeboard`, template: `%s · ${installation} · Planeboard` },
  };
}

/** The console's shell. The header and banners stay mounted, and live, while the pages below them change. */
export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const [{ planes: _, ...snapshot }, caller, session, jar] = await Promise.all([
    pageSnapshot(),
    pageCaller(),
    pageSession(),
    cookies(),
  ]);
  const { serverTime, installation, limits, apiServer, sources, incidents, controlPlane } = snapshot;
  return (
    <SessionFrame session={session} serverTime={new Date().toISOString()} signIn={signInMethods(getConfig())}>
      <FirstPaintProvider
        value={{ serverTime, installation, limits, apiServer, sources, incidents, controlPlane }}
      >
        <a
          href="#content"
          className="skip-link rounded-md border border-line bg-raised px-3 py-2 font-medium shadow-raised"
        >
          Skip to content
        </a>
        {/* On paper, pages are as long as their content. */}
        <div className="flex h-dvh flex-col print:block print:h-auto">
          <ConsoleHeader
            installation={installation}
            user={caller.user}
            groups={caller.groups}
            canSignOut={session !== null && session.mode !== 'proxy'}
            signOutUrl={session?.mode === 'proxy' ? session.signOutUrl : null}
            theme={parseTheme(jar.get(THEME_COOKIE)?.value)}
          />
          <DataAgeBanner />
          <HeldBackBanner />
          <IncidentBanner />
          <ControlPlaneBanner />
          <main
            id="content"
            tabIndex={-1}
            className="flex min-h-0 flex-1 flex-col focus-visible:outline-none"
          >
            {children}
          </main>
        </div>
        <TipLayer />
        <KeyboardPanels />
        <FleetHeadline />
      </FirstPaintProvider>
    </SessionFrame>
  );
}
