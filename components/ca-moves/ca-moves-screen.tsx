'use client';

import { Circle, CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useMemo } from 'react';
import { HealthShape } from '@/components/health/health-shape';
import { FleetEmpty } from '@/components/shell/fleet-empty';
import { SourceNotices } from '@/components/shell/source-notices';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { FleetPlane } from '@/lib/api/fleet';
import { useKindFeatures } from '@/lib/client/api/use-kind-features';
import { type FleetRow, renderedRow } from '@/lib/client/feed/derived-fleet';
import { useFirstPaint, useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { useFleetRows } from '@/lib/client/feed/live-fleet';
import { useTick } from '@/lib/client/feed/tick';
import { agentSetup } from '@/lib/plane/agent-setup/agent-setup';
import {
  type CaMoveState,
  caMoveNext,
  caMoveState,
  isMoveOpen,
  isMoveUnchecked,
  noMovesText,
  uncheckedMovesText,
} from '@/lib/plane/agent-setup/ca-move';
import { areAllPlanesKnown } from '@/lib/plane/fleet/source-state';
import { ATTENTION_LABELS } from '@/lib/plane/health/attention';
import { type LeafRenewal, leafEnd, leafRenewal } from '@/lib/plane/health/leaf-renewal';
import { planeTitle } from '@/lib/plane/model/display-name';
import type { KindFeatures } from '@/lib/plane/model/kind-features';
import { objectName, planePath } from '@/lib/plane/model/plane-path';
import { caMovePath, replacePath } from '@/lib/plane/model/plane-task';
import { planeCountText } from '@/lib/plane/model/text';
import { kindFeatures } from '@/lib/plane/schema/installed-kind';
import { formatAge } from '@/lib/plane/time/age';
import { useSeenMoves } from './use-seen-moves';

/**
 * Lists the planes that depend on their agent's self-signed certificate, with the progress of each move. The progress
 * is what is registered now, so the list can be left and resumed at any time, by anyone.
 */
export function CaMovesScreen({
  initial,
  initialTotal,
  initiallyUnchecked,
  features,
}: {
  /** The planes to move, as the server rendered them. */
  readonly initial: readonly FleetPlane[];
  /** How many planes the server knew then. */
  readonly initialTotal: number;
  /** How many planes' certificates weren't checked then. */
  readonly initiallyUnchecked: number;
  /** The features of each kind, by its plural, as the server rendered them. */
  readonly features: Readonly<Record<string, KindFeatures>>;
}) {
  const { serverTime } = useFirstPaint();
  const { apiServer, sources } = useFleetMeta();
  const feedRows = useFleetRows(false);
  const rows = useMemo(
    () => feedRows ?? initial.map((plane) => renderedRow(plane, Date.parse(serverTime))),
    [feedRows, initial, serverTime],
  );
  const seen = useSeenMoves(rows);
  const moves = useMemo(() => movesOf(rows, seen), [rows, seen]);
  const done = moves.filter(({ state }) => state === 'moved').length;
  const unchecked = feedRows?.filter(({ plane }) => isMoveUnchecked(plane)).length ?? initiallyUnchecked;
  const total = feedRows?.length ?? initialTotal;
  const none = noMovesText({ allPlanesKnown: areAllPlanesKnown(apiServer, sources), unchecked });
  return (
    <div className="relative min-h-0 flex-1 overflow-auto print:overflow-visible">
      {total === 0 ? null : <SourceNotices />}
      <div className="mx-auto grid w-full max-w-[70rem] grid-cols-1 gap-4 px-4 pt-4 pb-12 sm:px-6">
        <header>
          <h1 className="font-semibold text-xl tracking-tight">Move planes to their own CAs</h1>
          <p className="mt-0.5 text-pretty text-muted">
            A plane that has its agent's own certificate registered loses its agent when that certificate is
            renewed: the gateway rejects the new certificate until someone registers it. With a CA of its own,
            a plane keeps its registration for years.
          </p>
        </header>
        <div role="status">
          {total === 0 ? (
            <FleetEmpty apiServer={apiServer} sources={sources} />
          ) : moves.length === 0 ? (
            <EmptyState icon={<CircleCheck size={20} aria-hidden="true" />} title={none.title}>
              {none.text}
            </EmptyState>
          ) : (
            <>
              <p className="font-medium">{statusText(moves.length, done)}</p>
              {unchecked === 0 ? null : <p className="text-muted">{uncheckedMovesText(unchecked)}</p>}
            </>
          )}
        </div>
        {moves.length === 0 ? null : (
          <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
            {moves.slice(0, MAX_SHOWN).map((move) => (
              <Move
                key={move.row.plane.uid}
                {...move}
                features={features[move.row.plane.plural] ?? kindFeatures(undefined)}
              />
            ))}
          </ul>
        )}
        {moves.length > MAX_SHOWN ? (
          <p className="text-muted">
            Showing the first {MAX_SHOWN} of {planeCountText(moves.length)}, the next renewal first.
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** Each move is work by hand, so nobody needs a longer list, and the page stays quick with a large fleet. */
const MAX_SHOWN = 200;

interface PlaneMove {
  readonly row: FleetRow;
  readonly state: CaMoveState;
}

/** Returns the open moves, the next renewal first, and then those that this tab saw finish. */
function movesOf(rows: readonly FleetRow[], seen: ReadonlySet<string>): PlaneMove[] {
  return rows
    .map((row) => ({ row, state: caMoveState(row.plane.facts.certificate) }))
    .filter(
      ({ row: { plane } }) => isMoveOpen(plane) || (seen.has(plane.uid) && plane.deletingSince === undefined),
    )
    .sort(
      (a, b) =>
        Number(a.state === 'moved') - Number(b.state === 'moved') ||
        endOf(a).localeCompare(endOf(b)) ||
        a.row.plane.name.localeCompare(b.row.plane.name),
    );
}

function endOf({ row }: PlaneMove): string {
  return leafEnd(row.plane.facts.certificate) ?? '';
}

function statusText(total: number, done: number): string {
  const open = total - done;
  if (open === 0) return `All ${planeCountText(total)} have moved.`;
  return done === 0
    ? `${planeCountText(open)} to move.`
    : `${planeCountText(open)} to move, ${done} moved since you opened this tab.`;
}

const STATE_STEPS: Record<CaMoveState, number> = { leaf: 0, both: 1, moved: 2, unknown: 0 };
const OBSERVED_STEPS = ['CA registered', 'Old certificate removed'] as const;

function StepIcon({ done }: { readonly done: boolean }) {
  const Icon = done ? CircleCheck : Circle;
  return <Icon size={13} aria-hidden="true" className="shrink-0" />;
}

function Move({ row, state, features }: PlaneMove & { readonly features: KindFeatures }) {
  const { plane } = row;
  const hasCommands =
    agentSetup(useKindFeatures(plane.plural, features), plane.connection) !== 'documentation';
  const renewal = useTick(
    useCallback((nowMs: number) => renewalText(leafRenewal(plane, nowMs), nowMs), [plane]),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex items-center gap-2">
          <HealthShape state={row.attention} />
          <span className="sr-only">{ATTENTION_LABELS[row.attention]}:</span>
          <Link href={planePath(plane) as '/'} className="min-w-0 truncate font-medium hover:underline">
            {planeTitle(plane)}
          </Link>
        </p>
        <p className="text-muted text-xs [overflow-wrap:anywhere]">
          {objectName(plane)}
          {plane.planeID === null ? '' : ` · planeID ${plane.planeID}`}
        </p>
      </div>
      <div className="min-w-0 basis-72">
        <ol className="flex flex-wrap gap-x-3 gap-y-1 text-xs">
          {OBSERVED_STEPS.map((label, index) => (
            <li
              key={label}
              className={`flex items-center gap-1 ${index < STATE_STEPS[state] ? 'text-healthy' : 'text-muted'}`}
            >
              <StepIcon done={index < STATE_STEPS[state]} />
              {label}
              <span className="sr-only">{index < STATE_STEPS[state] ? ': done' : ': to do'}</span>
            </li>
          ))}
        </ol>
        <p className="mt-0.5 text-pretty text-muted text-xs">
          {caMoveNext(state, hasCommands)}. {renewal}
        </p>
      </div>
      {/* As wide as the longest label, so the rows line up. */}
      <div className="max-sm:empty:hidden sm:flex sm:w-20 sm:justify-end">
        {state === 'moved' ? null : (
          <ButtonLink
            href={hasCommands ? caMovePath(plane) : replacePath(plane, 'agent-ca')}
            variant={state === 'both' ? 'primary' : 'outline'}
          >
            {state === 'both' ? 'Continue' : hasCommands ? 'Start' : 'Replace'}
            <span className="sr-only">
              {state === 'both' || hasCommands ? ' moving' : ' the certificate of'} {planeTitle(plane)}
            </span>
          </ButtonLink>
        )}
      </div>
    </li>
  );
}

function renewalText(renewal: LeafRenewal | null, nowMs: number): string {
  if (renewal === null) return '';
  if (renewal.state === 'due') return 'The chart has probably renewed the certificate by now.';
  return `The chart renews the certificate in about ${formatAge(renewal.atMs - nowMs)}.`;
}
