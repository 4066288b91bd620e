import { clsx } from 'clsx';
import { wallFrameSizes } from '@/lib/plane/wall/layout';
import type { Statement } from '@/lib/plane/wall/statement';
import type { TextFace } from '@/lib/plane/wall/text-face';
import type { Screen } from '@/lib/plane/wall/tile-size';
import { AgeNotice } from './age-notice';
import { BlindScreen } from './blind-screen';
import { StatementView } from './statement-view';
import type { WallMoment } from './use-wall';
import styles from './wall.module.css';
import { WallBar } from './wall-bar';

/** A wall that has no planes to show: not let in, or nothing heard yet. It ticks all the same. */
export function WallStatementScreen({
  statement,
  title,
  moment: { age, nowMs, refusal },
  screen,
  face,
}: {
  readonly statement: Statement;
  readonly title: string;
  readonly moment: Pick<WallMoment, 'age' | 'nowMs' | 'refusal'>;
  readonly screen: Screen;
  readonly face: TextFace;
}) {
  const sizes = wallFrameSizes(screen, face);
  const { padPx, gapPx, barPx } = sizes;
  // Whoever is not let in knows why, and has no data that could be old.
  const state = refusal === null ? age.state : 'live';
  return (
    <>
      <main className={styles.board} style={{ padding: padPx, gap: gapPx }}>
        <WallBar title={title} age={age} nowMs={nowMs} layout={sizes} screenWidth={screen.width} />
        <div className={clsx(styles.content, state === 'blind' && styles.dimmed)}>
          <StatementView
            statement={statement}
            groups={[]}
            width={screen.width - 2 * padPx}
            height={screen.height - 2 * padPx - barPx - gapPx}
            screenHeight={screen.height}
            face={face}
          />
        </div>
      </main>
      {state === 'old' ? <AgeNotice age={age} screen={screen} face={face} /> : null}
      {state === 'blind' ? <BlindScreen age={age} nowMs={nowMs} screen={screen} face={face} /> : null}
    </>
  );
}
