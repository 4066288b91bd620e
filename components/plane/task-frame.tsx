'use client';

import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { HealthBadge } from '@/components/health/health-shape';
import { ButtonLink } from '@/components/ui/button';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { planeTitle } from '@/lib/plane/model/display-name';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planePath } from '@/lib/plane/model/plane-path';
import { SourceNotice } from './source-notice';

/** The frame of a task's page: the title, the plane, and a link back to the plane. */
export function TaskFrame({
  row,
  gone = false,
  title,
  children,
}: {
  readonly row: FleetRow;
  readonly gone?: boolean;
  readonly title: string;
  readonly children: ReactNode;
}) {
  const { plane, health } = row;
  const kindLabel = kindOfName(plane.kind)?.label ?? plane.kind;
  const heading = useRef<HTMLHeadingElement>(null);
  // Focuses the heading, so that screen readers announce the page after an in-app navigation.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="relative min-h-0 flex-1 overflow-auto print:overflow-visible">
      {gone ? null : <SourceNotice plane={plane} />}
      <div className="mx-auto grid max-w-5xl grid-cols-1 gap-4 px-4 pt-4 pb-10 sm:px-6">
        <header>
          <ButtonLink href={gone ? '/' : planePath(plane)} variant="plain" className="-ml-2.5 max-w-full">
            <ArrowLeft size={14} aria-hidden="true" className="shrink-0" />{' '}
            <span className="truncate">{gone ? 'Fleet' : planeTitle(plane)}</span>
          </ButtonLink>
          <div className="mt-1 flex flex-wrap items-start justify-between gap-3">
            <div className="min-w-0">
              <h1
                ref={heading}
                tabIndex={-1}
                title={title}
                className="line-clamp-3 font-semibold [overflow-wrap:anywhere] text-xl tracking-tight outline-none"
              >
                {title}
              </h1>
              <p className="mt-0.5 break-words text-muted">
                {kindLabel} {plane.name}
                {plane.namespace === undefined ? '' : ` in namespace ${plane.namespace}`}
              </p>
            </div>
            {gone ? null : <HealthBadge state={health.state} />}
          </div>
        </header>
        {children}
      </div>
    </div>
  );
}
