'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { HealthBadge } from '@/components/health/health-badge';
import { InlineText } from '@/components/plane/edit/inline-text';
import type { InlineField } from '@/components/plane/edit/use-inline-change';
import { ButtonLink } from '@/components/ui/button-link';
import { CopyButton } from '@/components/ui/copy-button';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { fleetViewSearch } from '@/lib/plane/fleet/fleet-url';
import { DEFAULT_VIEW, planeTitle } from '@/lib/plane/fleet/fleet-view';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planeKey, planePath } from '@/lib/plane/model/plane-path';
import { registerPath } from '@/lib/plane/registration/register-url';
import { PlaneActionsMenu } from './plane-actions';
import { usePlanePage } from './plane-page-context';
import { RefreshButton, RefreshStatusNote } from './refresh-button';

/** Which plane this is, how it is, and its link. */
export function PlaneHeader({
  row,
  gone,
  asked,
}: {
  readonly row: FleetRow;
  readonly gone: boolean;
  /** How a request to look again goes, in words; empty: there is none. */
  readonly asked: string;
}) {
  const { plane, health } = row;
  const words = kindOfName(plane.kind)?.words ?? plane.kind;
  const { readOnly } = usePlanePage();
  const fixed = readOnly || gone || plane.unreadable !== undefined;
  return (
    <header className="px-4 pt-4 pb-4 sm:px-6">
      <nav aria-label="Breadcrumbs" className="text-muted text-xs">
        <ol className="flex flex-wrap items-center gap-1">
          <Crumb href="/">Fleet</Crumb>
          <Crumb href={`/${fleetViewSearch({ ...DEFAULT_VIEW, kinds: [plane.kind] })}`}>{words}s</Crumb>
          {plane.namespace === undefined ? null : (
            <Crumb href={`/${fleetViewSearch({ ...DEFAULT_VIEW, namespaces: [plane.namespace] })}`}>
              {plane.namespace}
            </Crumb>
          )}
          <li aria-current="page" className="min-w-0 truncate text-ink">
            {plane.name}
          </li>
        </ol>
      </nav>
      <div className="mt-2 flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 max-sm:basis-full">
          <Editable plane={plane} field="displayName" fixed={fixed}>
            <h1
              title={planeTitle(plane)}
              className="line-clamp-3 min-w-0 break-words font-semibold text-xl tracking-tight"
            >
              {planeTitle(plane)}
            </h1>
          </Editable>
          <p className="mt-0.5 break-words text-muted">
            {plane.displayName === undefined ? '' : `${plane.name} · `}
            {words}
            {plane.namespace === undefined ? '' : ` in namespace ${plane.namespace}`}
          </p>
          <div className="mt-2 empty:hidden">
            <Editable plane={plane} field="description" fixed={fixed}>
              {plane.description ? <p className="max-w-prose text-pretty">{plane.description}</p> : null}
            </Editable>
          </div>
        </div>
        <div className="flex min-w-0 flex-col sm:items-end">
          <div className="flex flex-wrap items-center gap-2">
            {row.attention === 'maintenance' && !gone ? <HealthBadge state="maintenance" /> : null}
            {gone ? (
              <span className="inline-flex h-8 items-center rounded-lg bg-neutral-soft px-3 font-semibold">
                Deleted
              </span>
            ) : (
              <HealthBadge state={health.state} />
            )}
            <RefreshButton />
            {gone || plane.planeID === null ? null : (
              <ButtonLink
                href={registerPath({ kind: plane.plural, step: 'identity', sibling: planeKey(plane) })}
                variant="outline"
                title="Register another plane on the same cluster"
              >
                Register a sibling
              </ButtonLink>
            )}
            <CopyButton
              label="Copy link"
              showLabel
              text={() => `${window.location.origin}${planePath(plane)}`}
            />
            {gone ? null : <PlaneActionsMenu identity={plane} />}
          </div>
          <RefreshStatusNote words={gone ? '' : asked} />
        </div>
      </div>
    </header>
  );
}

/** A text of the plane, with a way to change it where that can be done. */
function Editable({
  fixed,
  children,
  ...text
}: {
  readonly plane: FleetRow['plane'];
  readonly field: InlineField;
  readonly fixed: boolean;
  readonly children: ReactNode;
}) {
  return fixed ? children : <InlineText {...text}>{children}</InlineText>;
}

function Crumb({ href, children }: { readonly href: `/${string}`; readonly children: ReactNode }) {
  return (
    <li className="flex items-center gap-1">
      <Link href={href as '/'} className="rounded hover:text-ink hover:underline">
        {children}
      </Link>
      <ChevronRight size={12} aria-hidden="true" />
    </li>
  );
}
