'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { boardMomentMs } from '@/lib/plane/wall/board';
import type { TextFace } from '@/lib/plane/wall/text-face';
import { UnseenTrouble } from '@/lib/plane/wall/new-alarms';
import { parseWallChoices, themeAtHour } from '@/lib/plane/wall/wall-choices';
import { parseWallFilter, parseWallGroup } from '@/lib/plane/wall/wall-filter';
import { keepAwake } from './keep-awake';
import { measuredFace } from './measured-face';
import { REFUSAL_STATEMENTS } from './refusal-statements';
import { forgetCrashesInTime, reloadAfterCrash, reloadForUpgrade } from './reload';
import { useScreen } from './use-screen';
import { useWall } from './use-wall';
import { useWallHeadline } from './use-wall-headline';
import { wallClass } from './wall-class';
import type { WallRefusal } from './wall-refusal';
import { WallScreen } from './wall-screen';
import { WallStatementScreen } from './wall-statement-screen';
import { watchVisitor } from './watch-visitor';

/** The wall: shows what its stream tells, for weeks, without anybody. */
export function WallApp({
  search,
  serverTime,
  build,
  title,
  refusal,
}: {
  /** The wall's query with its question mark, or empty. */
  readonly search: string;
  readonly serverTime: string;
  /** Of the server that made this page. */
  readonly build: string;
  /** Of the link; null: it has none. */
  readonly title: string | null;
  readonly refusal: WallRefusal | null;
}) {
  const root = useRef<HTMLDivElement>(null);
  const [face, setFace] = useState<TextFace | null>(null);
  const [unseen] = useState(() => new UnseenTrouble());
  const screen = useScreen();
  const moment = useWall(search, serverTime, refusal);
  useWallHeadline(moment);
  const { choices, filter, group } = useMemo(() => {
    const parameters = new URLSearchParams(search);
    const parsed = parseWallChoices(parameters);
    return {
      choices: { ...parsed, title: parsed.title ?? title },
      filter: parseWallFilter(parameters),
      group: parseWallGroup(parameters),
    };
  }, [search, title]);

  useEffect(() => {
    const element = root.current;
    if (!element) return;
    setFace(measuredFace(element));
    const ends = [
      keepAwake(),
      watchVisitor(element, () => unseen.seen()),
      reloadOnErrors(),
      forgetCrashesInTime(),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [unseen]);

  const frame = moment?.frame ?? null;
  // A maintenance that ends can leave new trouble without any frame.
  const endedAtMs = moment && frame ? boardMomentMs(frame.planes, moment.nowMs) : 0;
  useEffect(() => {
    if (frame) unseen.apply(frame.planes, performance.now(), endedAtMs);
  }, [frame, endedAtMs, unseen]);

  const upgraded = moment?.build != null && moment.build !== build;
  useEffect(() => {
    if (upgraded) reloadForUpgrade();
  }, [upgraded]);

  // The hour is the screen's own place's, by the API server's clock: that of a screen may be an hour wrong.
  const theme = themeAtHour(choices.theme, moment ? new Date(moment.nowMs).getHours() : 0);
  return (
    <div ref={root} className={wallClass(theme)}>
      {moment && screen && face ? (
        moment.refusal ? (
          <WallStatementScreen
            statement={REFUSAL_STATEMENTS[moment.refusal]}
            title={choices.title ?? 'Planeboard'}
            moment={moment}
            screen={screen}
            face={face}
          />
        ) : frame ? (
          <WallScreen
            frame={frame}
            sources={moment.sources}
            age={moment.age}
            nowMs={moment.nowMs}
            openMs={moment.openMs}
            screen={screen}
            face={face}
            choices={choices}
            filter={filter}
            group={group}
            unseen={unseen.uids(performance.now())}
          />
        ) : (
          <WallStatementScreen
            statement={{ tone: 'neutral', title: 'Connecting', details: [] }}
            title={choices.title ?? 'Planeboard'}
            moment={moment}
            screen={screen}
            face={face}
          />
        )
      ) : null}
    </div>
  );
}

/** What nobody caught may have left the wall standing still, and nobody is there to load it again. */
function reloadOnErrors(): () => void {
  const onError = (event: ErrorEvent) => {
    // Resources that do not load, and observers that skip a round, are no crash: those carry no error.
    if (event.error) reloadAfterCrash();
  };
  const onRejection = () => reloadAfterCrash();
  window.addEventListener('error', onError);
  window.addEventListener('unhandledrejection', onRejection);
  return () => {
    window.removeEventListener('error', onError);
    window.removeEventListener('unhandledrejection', onRejection);
  };
}
