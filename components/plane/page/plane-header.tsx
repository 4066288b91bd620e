'use client';

import { ChevronRight, LoaderCircle, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { HealthBadge } from '@/components/health/health-shape';
import { InlineText, type InlineTextField } from '@/components/plane/edit/inline-text';
import { usePlaneActions } from '@/components/plane/plane-actions-context';
import { usePlanePage } from '@/components/plane/plane-page-context';
import { Button, ButtonLink } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { fleetViewSearch } from '@/lib/plane/fleet/fleet-url';
import { DEFAULT_VIEW } from '@/lib/plane/fleet/fleet-view';
import { planeTitle } from '@/lib/plane/model/display-name';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planeKey, planePath } from '@/lib/plane/model/plane-path';
import { registerPath } from '@/lib/plane/registration/register-url';
import { PlaneActionsMenu } from './plane-actions-menu';

/** The plane's name, health and actions. */
export function PlaneHeader({
  row,
  gone,
  refreshText,
}: {
  readonly row: FleetRow;
  readonly gone: boolean;
  /** A sentence about the progress of a status refresh; empty before the first refresh. */
  readonly refreshText: string;
}) {
  const { plane, health } = row;
  const kindLabel = kindOfName(plane.kind)?.label ?? plane.kind;
  const { readOnly } = usePlanePage();
  const fixed = readOnly || gone || plane.unreadable !== undefined;
  return (
    <header className="px-4 pt-4 pb-4 sm:px-6">
      <nav aria-label="Breadcrumbs" className="text-muted text-xs">
        <ol className="flex flex-wrap items-center gap-1">
          <Crumb href="/">Fleet</Crumb>
          <Crumb href={`/${fleetViewSearch({ ...DEFAULT_VIEW, kinds: [plane.kind] })}`}>{kindLabel}s</Crumb>
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
            {kindLabel}
            {plane.namespace === undefined ? '' : ` in namespace ${plane.namespace}`}
          </p>
          <div className="mt-2 empty:hidden">
            <Editable plane={plane} field="description" fixed={fixed}>
              {plane.description ? (
                <p className="min-w-0 max-w-prose text-pretty [overflow-wrap:anywhere]">
                  {plane.description}
                </p>
              ) : null}
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
                Register sibling
              </ButtonLink>
            )}
            <CopyButton
              label="Copy link"
              showLabel
              text={() => `${window.location.origin}${planePath(plane)}`}
            />
            {gone ? null : <PlaneActionsMenu identity={plane} />}
          </div>
          <RefreshNote text={gone ? '' : refreshText} />
        </div>
      </div>
    </header>
  );
}

/** A text of the plane that you can edit in place unless it's `fixed`. */
function Editable({
  fixed,
  children,
  ...text
}: {
  readonly plane: FleetRow['plane'];
  readonly field: InlineTextField;
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

/** Makes the controller reconcile now. Hidden if nothing may be written. */
function RefreshButton() {
  const refresh = usePlaneActions().refresh;
  if (!refresh || !('run' in refresh)) return null;
  const Icon = refresh.busy ? LoaderCircle : RefreshCw;
  return (
    <Button
      variant="outline"
      onClick={refresh.run}
      disabled={refresh.busy}
      title="Makes the controller reconcile this plane now"
    >
      <Icon size={14} aria-hidden="true" className={refresh.busy ? 'animate-spin' : undefined} />
      {refresh.label}
    </Button>
  );
}

/**
 * The progress of a refresh. Always on the page, because screen readers only announce changes to an existing region.
 */
function RefreshNote({ text }: { readonly text: string }) {
  return (
    <p role="status" className="max-w-prose text-pretty text-muted text-xs not-empty:mt-1.5 sm:text-right">
      {text}
    </p>
  );
}
