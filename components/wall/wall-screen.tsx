'use client';

import { clsx } from 'clsx';
import { useMemo } from 'react';
import type { Source } from '@/lib/api/fleet';
import type { WallFrame } from '@/lib/api/wall';
import type { Delivery } from '@/lib/client/feed/event-stream';
import { nothingReadTitle } from '@/lib/plane/fleet/source-state';
import { boardMomentMs, boardOf } from '@/lib/plane/wall/board';
import { isCalm, wallLayout } from '@/lib/plane/wall/layout';
import type { Screen } from '@/lib/plane/wall/letter-sizes';
import { groupCounts } from '@/lib/plane/wall/sections';
import { statementOf, unseenKindsText } from '@/lib/plane/wall/statement';
import type { TextFace } from '@/lib/plane/wall/text-face';
import { pageAt, turnAt } from '@/lib/plane/wall/tile-pages';
import type { WallChoices } from '@/lib/plane/wall/wall-choices';
import type { WallFilter, WallGroup } from '@/lib/plane/wall/wall-filter';
import { outsideText, uncheckedReferences, wallScopeText } from '@/lib/plane/wall/wall-scope';
import { AgeOverlay } from './age-overlay';
import { deliveredStatement, wallNotice } from './held-back';
import { TileRows } from './plane-tiles';
import styles from './wall.module.css';
import type { WallAge } from './wall-age';
import { ControlPlaneView, CountStrip, IncidentView, ScopeView, WallBar } from './wall-head';
import { StatementView } from './wall-statement';

const NONE_NEW: ReadonlySet<string> = new Set();

export interface WallScreenProps {
  readonly frame: Pick<
    WallFrame,
    'installation' | 'apiServer' | 'incidents' | 'controlPlane' | 'planes' | 'limits' | 'outside'
  >;
  readonly sources: readonly Source[];
  readonly delivery: Delivery;
  readonly age: WallAge;
  /** The API server's clock. */
  readonly nowMs: number;
  /** How long the wall has been shown, in milliseconds; its pages turn by it. */
  readonly openMs: number;
  readonly screen: Screen;
  readonly face: TextFace;
  readonly choices: Pick<WallChoices, 'title' | 'pageSeconds'>;
  readonly filter: WallFilter;
  readonly group: WallGroup | null;
  /** Uids of the planes whose alarm is new. */
  readonly newAlarms?: ReadonlySet<string>;
}

/**
 * A whole wall at one moment, in a box of `screen` pixels. It's stateless, so the wall's page and the preview show
 * the same.
 */
export function WallScreen(props: WallScreenProps) {
  const { frame, sources, delivery, age, nowMs, openMs, screen, face, choices, filter, group } = props;
  // Time changes the board only when a maintenance ends, so it isn't laid out again each second.
  const boardAtMs = boardMomentMs(frame.planes, nowMs);
  const board = useMemo(() => boardOf(frame.planes, frame.incidents, boardAtMs), [frame, boardAtMs]);
  const unseenKinds = unseenKindsText(sources);
  const calm = isCalm(board);
  const scope = wallScopeText(filter, frame.limits, uncheckedReferences(frame.planes));
  const outside = outsideText(frame.outside);
  const notice = wallNotice(unseenKinds, delivery);
  const hasNotice = notice !== null && !calm;
  const layout = useMemo(
    () => wallLayout(board, group, screen, face, hasNotice, frame.controlPlane, { scope, outside }),
    [board, group, screen, face, hasNotice, frame.controlPlane, scope, outside],
  );
  const turn = turnAt(openMs, choices.pageSeconds, layout.pages);
  const { padPx, gapPx, headingPx, tiles, maintenance } = layout;
  const common = { gapPx, headingPx, face, nowMs, newAlarms: props.newAlarms ?? NONE_NEW };
  return (
    <>
      <main className={styles.board} style={{ padding: padPx, gap: gapPx }}>
        <WallBar
          title={choices.title ?? frame.installation}
          age={age}
          nowMs={nowMs}
          layout={layout}
          screenWidth={screen.width}
        />
        <div className={clsx(styles.content, age.state === 'blind' && styles.dimmed)} style={{ gap: gapPx }}>
          {layout.scope ? <ScopeView layout={layout.scope} /> : null}
          {hasNotice ? (
            <p className={styles.unseenKinds} style={{ height: headingPx, fontSize: headingPx * 0.74 }}>
              {notice}
            </p>
          ) : null}
          {layout.counts ? <CountStrip counts={layout.counts} /> : null}
          {layout.controlPlane ? <ControlPlaneView layout={layout.controlPlane} /> : null}
          {layout.incident ? (
            <IncidentView incidents={board.incidents} layout={layout.incident} nowMs={nowMs} />
          ) : null}
          {layout.statement ? (
            <StatementView
              statement={deliveredStatement(
                statementOf(board, {
                  nothingRead: nothingReadTitle(frame.apiServer, sources),
                  unseenKinds,
                  states: filter.health,
                  leftOut: frame.outside.byState,
                }),
                delivery,
              )}
              groups={group === null ? [] : groupCounts(board.rest, group)}
              {...layout.statement}
              screenHeight={screen.height}
              face={face}
            />
          ) : null}
          {tiles ? (
            <TileRows
              region={tiles.worst}
              rows={pageAt(tiles.worst.pages, turn) ?? []}
              label="Worst planes"
              {...common}
            />
          ) : null}
          {tiles?.rest ? (
            <TileRows
              region={tiles.rest}
              rows={pageAt(tiles.rest.pages, turn) ?? []}
              label="More planes"
              {...common}
            />
          ) : null}
          {maintenance ? (
            <TileRows
              region={maintenance}
              rows={pageAt(maintenance.pages, turn) ?? []}
              label="In maintenance"
              {...common}
            />
          ) : null}
          {layout.pages > 1 ? <Pager turn={turn} pages={layout.pages} px={layout.pagerPx} /> : null}
        </div>
      </main>
      <AgeOverlay age={age} nowMs={nowMs} screen={screen} face={face} />
    </>
  );
}

/** More marks than this are unreadable from five metres. */
const MOST_MARKS = 24;

/** Says that there are more pages, and which one this is. */
function Pager({ turn, pages, px }: { readonly turn: number; readonly pages: number; readonly px: number }) {
  const marks = pages <= MOST_MARKS ? Array.from({ length: pages }, (_, index) => index) : [];
  return (
    <div className={styles.pager} style={{ height: px, fontSize: px * 0.85, gap: px }}>
      <span>
        Page {turn + 1} of {pages}
      </span>
      <span className={styles.pagerTrack} style={{ gap: px * 0.3 }} aria-hidden="true">
        {marks.map((mark) => (
          <span
            key={mark}
            className={clsx(styles.pagerMark, mark === turn && styles.pagerMarkOn)}
            style={{ height: Math.max(3, px * 0.2) }}
          />
        ))}
      </span>
    </div>
  );
}
