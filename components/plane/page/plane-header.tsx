'use client';

import { ChevronRight, ExternalLink, LoaderCircle, Pencil, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useCallback, useId } from 'react';
import { HealthBadge } from '@/components/health/health-shape';
import type { ChangeRefusal } from '@/components/plane/change-refusal';
import { InlineText } from '@/components/plane/edit/inline-text';
import { usePlaneActions } from '@/components/plane/plane-actions-context';
import { usePlanePage } from '@/components/plane/plane-page-context';
import { Button, ButtonLink } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import type { PlaneDetail } from '@/lib/api/fleet';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { judgeNow } from '@/lib/client/feed/live-fleet';
import { useTick } from '@/lib/client/feed/tick';
import { entryAge, entrySince } from '@/lib/plane/fleet/entry-since';
import { fleetViewSearch } from '@/lib/plane/fleet/fleet-url';
import { DEFAULT_VIEW } from '@/lib/plane/fleet/fleet-view';
import { HEALTH_LABELS } from '@/lib/plane/health/health-state';
import { worstReasonText } from '@/lib/plane/health/worst-reason';
import { planeTitle } from '@/lib/plane/model/display-name';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planePath } from '@/lib/plane/model/plane-path';
import { editPath } from '@/lib/plane/model/plane-task';
import type { PlaneTextField } from '@/lib/plane/model/plane-texts';
import { readRunbook } from '@/lib/plane/model/runbook';
import { formatUtc } from '@/lib/plane/time/age';
import { PlaneActionsMenu } from './plane-actions-menu';

/** The plane's name, health and actions. */
export function PlaneHeader({
  row,
  gone,
  annotations,
  refreshText,
  refusal,
}: {
  readonly row: FleetRow;
  readonly gone: boolean;
  /** Null: not read. */
  readonly annotations: PlaneDetail['annotations'] | null;
  /** A sentence about the progress of a status refresh; empty before the first refresh. */
  readonly refreshText: string;
  /** Why the plane can't be changed; null: nothing is known that forbids it. */
  readonly refusal: ChangeRefusal | null;
}) {
  const { plane, health } = row;
  const kindLabel = kindOfName(plane.kind)?.label ?? plane.kind;
  const { readOnly } = usePlanePage();
  const noteId = useId();
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
          <Contact plane={plane} fixed={fixed} annotations={annotations} />
        </div>
        <div className="flex min-w-0 flex-col sm:items-end">
          <div className="flex flex-wrap items-center gap-2">
            {gone ? null : refusal ? (
              <Button variant="outline" disabled aria-describedby={noteId}>
                <Pencil size={14} aria-hidden="true" /> Edit
              </Button>
            ) : (
              <ButtonLink href={editPath(plane, { view: 'form' })} variant="primary">
                <Pencil size={14} aria-hidden="true" /> Edit
              </ButtonLink>
            )}
            {gone || !refusal ? (
              <RefreshButton />
            ) : (
              <Button variant="outline" disabled aria-describedby={noteId}>
                <RefreshCw size={14} aria-hidden="true" /> Refresh status
              </Button>
            )}
            {gone ? null : <PlaneActionsMenu plane={plane} refusal={refusal} />}
            <CopyButton label="Copy link" text={() => `${window.location.origin}${planePath(plane)}`} />
          </div>
          <RefreshNote id={noteId} text={gone ? '' : (refusal?.reason ?? refreshText)} />
        </div>
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        {row.attention === 'maintenance' && !gone ? <HealthBadge state="maintenance" /> : null}
        {gone ? (
          <span className="inline-flex h-8 items-center rounded-lg bg-neutral-soft px-3 font-semibold">
            Deleted
          </span>
        ) : (
          <>
            <HealthBadge state={health.state} />
            <StateSince row={row} />
            <WorstReason row={row} />
          </>
        )}
      </div>
    </header>
  );
}

/** Whom to call, and the page that says what to do. */
function Contact({
  plane,
  fixed,
  annotations,
}: {
  readonly plane: FleetRow['plane'];
  readonly fixed: boolean;
  readonly annotations: PlaneDetail['annotations'] | null;
}) {
  const { owner, runbookUrl } = plane;
  const { problem } = readRunbook(annotations ?? {});
  if (fixed && owner === undefined && runbookUrl === undefined && problem === undefined) return null;
  return (
    <div className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1">
      <Editable plane={plane} field="owner" fixed={fixed}>
        {owner === undefined ? null : (
          <p className="min-w-0 [overflow-wrap:anywhere]">
            <span className="text-muted">Owner:</span> {owner}
          </p>
        )}
      </Editable>
      <Editable plane={plane} field="runbookUrl" fixed={fixed}>
        {runbookUrl === undefined ? null : (
          <p className="min-w-0">
            <a
              href={runbookUrl}
              target="_blank"
              rel="noopener noreferrer"
              data-tip={runbookUrl}
              className="inline-flex items-center gap-1 rounded text-accent underline underline-offset-2"
            >
              Runbook <ExternalLink size={12} aria-hidden="true" />
            </a>
            <span className="ml-1.5 text-muted text-xs [overflow-wrap:anywhere]">
              {new URL(runbookUrl).host}
            </span>
          </p>
        )}
      </Editable>
      {problem === undefined ? null : <p className="text-pretty text-degraded">{problem}</p>}
    </div>
  );
}

/** How long the plane has been in its state; nothing if that isn't known. */
function StateSince({ row }: { readonly row: FleetRow }) {
  const text = useTick(useCallback((nowMs: number) => entryAge(row, nowMs), [row]));
  const since = entrySince(row);
  // Of a last known state, it isn't known that it lasts.
  if (text === null || since === null || row.lastKnown) return null;
  return (
    <time
      dateTime={new Date(since.atMs).toISOString()}
      data-tip={`Since ${formatUtc(since.atMs)}`}
      className="tabular whitespace-nowrap text-muted"
    >
      {since.exact ? 'for' : 'for at least'} {text}
    </time>
  );
}

/** The worst reason in one line, so that it's seen before anything else. "Why" has it in full. */
function WorstReason({ row }: { readonly row: FleetRow }) {
  const text = useTick(
    useCallback(
      (nowMs: number) => {
        const reason = worstReasonText(judgeNow(row, nowMs) ?? row.health);
        const state = row.lastKnown && HEALTH_LABELS[row.lastKnown.health.state].toLowerCase();
        return state === undefined ? reason : `${reason} At the last contact, it was ${state}.`;
      },
      [row],
    ),
  );
  return text === '' ? null : (
    <span className="line-clamp-2 min-w-0 text-pretty max-sm:basis-full" data-tip={text} data-tip-if-cut="">
      {text}
    </span>
  );
}

/** A text of the plane that you can edit in place unless it's `fixed`. */
function Editable({
  fixed,
  children,
  ...text
}: {
  readonly plane: FleetRow['plane'];
  readonly field: PlaneTextField;
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
 * The progress of a refresh, or why nothing can be changed. Always on the page, because screen readers only announce changes to an existing region.
 */
function RefreshNote({ id, text }: { readonly id: string; readonly text: string }) {
  return (
    <p
      id={id}
      role="status"
      className="max-w-prose text-pretty text-muted text-xs not-empty:mt-1.5 sm:text-right"
    >
      {text}
    </p>
  );
}
