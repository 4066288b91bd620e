'use client';

import { useCallback, useState } from 'react';
import { measuredFace } from '@/components/wall/measured-face';
import { wallClass } from '@/components/wall/wall-class';
import { WallScreen } from '@/components/wall/wall-screen';
import { WallStatementScreen } from '@/components/wall/wall-statement-screen';
import type { TextFace } from '@/lib/plane/wall/text-face';
import type { Screen } from '@/lib/plane/wall/tile-size';
import type { WallAddress } from '@/lib/plane/wall/wall-address';
import { themeAtHour } from '@/lib/plane/wall/wall-choices';
import type { WallPreviewMoment } from './use-wall-preview';

/**
 * A wall as its screen shows it, drawn smaller: laid out in the screen's own pixels, so that it is the very same. It is a
 * picture: nothing in it can be reached, and nothing in it speaks.
 */
export function ScaledWall({
  moment,
  address: { choices, filter, group },
  screen,
  scale,
  label,
}: {
  readonly moment: WallPreviewMoment;
  readonly address: WallAddress;
  readonly screen: Screen;
  readonly scale: number;
  /** What the picture shows, for who cannot see it. */
  readonly label: string;
}) {
  const [face, setFace] = useState<TextFace | null>(null);
  const measure = useCallback((element: HTMLElement | null) => {
    if (element !== null) setFace(measuredFace(element));
  }, []);
  const { frame, sources, age, nowMs, openMs } = moment;
  const theme = themeAtHour(choices.theme, new Date(nowMs).getHours());
  return (
    <div
      role="img"
      aria-label={label}
      className="relative overflow-hidden rounded-md outline outline-line"
      style={{ width: screen.width * scale, height: screen.height * scale }}
    >
      <div
        inert
        aria-hidden="true"
        className="absolute top-0 left-0 origin-top-left"
        style={{ width: screen.width, height: screen.height, transform: `scale(${scale})` }}
      >
        <div ref={measure} className={wallClass(theme)}>
          {face === null ? null : frame === null ? (
            <WallStatementScreen
              statement={{ tone: 'neutral', title: 'Connecting', details: [] }}
              title={choices.title ?? 'Planeboard'}
              moment={{ age, nowMs, refusal: null }}
              screen={screen}
              face={face}
            />
          ) : (
            <WallScreen
              frame={frame}
              sources={sources}
              age={age}
              nowMs={nowMs}
              openMs={openMs}
              screen={screen}
              face={face}
              choices={choices}
              filter={filter}
              group={group}
            />
          )}
        </div>
      </div>
    </div>
  );
}
