'use client';

import { clsx } from 'clsx';
import { useCallback, useState } from 'react';
import type { Screen } from '@/lib/plane/wall/letter-sizes';
import type { TextFace } from '@/lib/plane/wall/text-face';
import { themeAtHour, type WallChoices } from '@/lib/plane/wall/wall-choices';
import styles from './wall.module.css';
import { REFUSAL_STATEMENTS } from './wall-refusal';
import { WallScreen, type WallScreenProps } from './wall-screen';
import { WallStatementScreen } from './wall-statement';
import type { WallMoment } from './wall-store';
import { measureFace } from './wall-text';

/**
 * A wall at one moment: the planes, the reason why the screen was refused, or that it's still connecting. The wall's
 * page and the preview of a wall both use it.
 */
export function WallDisplay({
  moment,
  screen,
  choices,
  ...props
}: {
  /** Null until the page runs: a page that can't age shows nothing that ages. */
  readonly moment: WallMoment | null;
  /** The size to lay out for; null until it's known. */
  readonly screen: Screen | null;
  readonly choices: WallChoices;
} & Pick<WallScreenProps, 'filter' | 'group' | 'newAlarms'>) {
  const [face, setFace] = useState<TextFace | null>(null);
  const measure = useCallback((element: HTMLElement | null) => {
    if (element !== null) setFace(measureFace(element));
  }, []);
  // The screen's local hour, from the API server's clock: the screen's own clock may be wrong by an hour.
  const theme = themeAtHour(choices.theme, moment ? new Date(moment.nowMs).getHours() : 0);
  return (
    <div
      ref={measure}
      className={clsx(styles.wall, theme === 'light' && styles.light, theme === 'dark' && styles.dark)}
    >
      {moment === null || screen === null || face === null ? null : moment.refusal === null &&
        moment.frame !== null ? (
        <WallScreen
          frame={moment.frame}
          sources={moment.sources}
          delivery={moment.delivery}
          age={moment.age}
          nowMs={moment.nowMs}
          openMs={moment.openMs}
          screen={screen}
          face={face}
          choices={choices}
          {...props}
        />
      ) : (
        <WallStatementScreen
          statement={
            moment.refusal === null
              ? { tone: 'neutral', title: 'Connecting', details: [] }
              : REFUSAL_STATEMENTS[moment.refusal]
          }
          title={choices.title ?? 'Planeboard'}
          moment={moment}
          screen={screen}
          face={face}
        />
      )}
    </div>
  );
}
