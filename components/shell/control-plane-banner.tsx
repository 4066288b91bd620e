'use client';

import { CircleAlert, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { CommandBlock } from '@/components/ui/command-block';
import { DisclosureSummary } from '@/components/ui/disclosure-summary';
import { Notice } from '@/components/ui/notice';
import { useControlPlaneFindings } from '@/lib/client/feed/control-plane-findings';
import type { ControlPlaneFinding } from '@/lib/plane/health/gateway-certificates';

const ICONS: Record<ControlPlaneFinding['severity'], ReactNode> = {
  error: <CircleAlert size={15} role="img" aria-label="Error:" className="text-disconnected" />,
  warning: <TriangleAlert size={15} role="img" aria-label="Warning:" className="text-degraded" />,
};

/** Reports on every page what concerns all planes at once: the gateway's certificates and the API server's clock. */
export function ControlPlaneBanner() {
  const findings = useControlPlaneFindings();
  return (
    <>
      {/* Announces only the titles: a screen reader would never finish a ticking age. */}
      <div role="status" className="sr-only">
        {findings.map(({ title }) => `${title}.`).join(' ')}
      </div>
      {findings.length === 0 ? null : (
        // Several findings with open details must leave room for the page.
        <section aria-label="Control plane" className="max-h-[40dvh] flex-none overflow-y-auto">
          {findings.map(({ code, severity, title, message, consequence, remedy }) => (
            <Notice
              key={code}
              tone={severity}
              icon={ICONS[severity]}
              title={`${title}.`}
              className="border-x-0 border-t-0"
              details={
                <details className="group">
                  <DisclosureSummary compact>What to do</DisclosureSummary>
                  <p className="text-pretty">{remedy.text}</p>
                  <CommandBlock label={title} command={remedy.command} wrap />
                  {remedy.page === undefined ? null : (
                    <p>
                      <Link
                        href={remedy.page.href as '/'}
                        prefetch={false}
                        className="font-medium text-accent underline underline-offset-2"
                      >
                        {remedy.page.label}
                      </Link>
                    </p>
                  )}
                  {remedy.undo === undefined ? null : <p className="text-pretty">{remedy.undo}</p>}
                  {remedy.lastStep === undefined ? null : <p className="text-pretty">{remedy.lastStep}</p>}
                </details>
              }
            >
              {message} {consequence}
            </Notice>
          ))}
        </section>
      )}
    </>
  );
}
