import { clsx } from 'clsx';
import { HealthShape } from '@/components/health/health-shape';
import { formatCount } from '@/lib/plane/model/text';
import { fitText } from '@/lib/plane/wall/fit-text';
import { wallFrameSizes } from '@/lib/plane/wall/layout';
import type { Screen } from '@/lib/plane/wall/letter-sizes';
import type { GroupCount } from '@/lib/plane/wall/sections';
import type { Statement } from '@/lib/plane/wall/statement';
import { type TextFace, widthEm } from '@/lib/plane/wall/text-face';
import { AgeOverlay } from './age-overlay';
import styles from './wall.module.css';
import { WallBar } from './wall-head';
import type { WallMoment } from './wall-store';
import { TextLines } from './wall-text';

const TONE_SHAPE = { healthy: 'healthy', neutral: null, unknown: 'unknown' } as const;
const TITLE_SHARE = 0.4;
const MOST_OF_HEIGHT = 0.2;
const GROUP_GAP_EM = 1;
const MOST_UNBROKEN = 24;

/** The one big statement of a wall that has no planes to show by name. */
export function StatementView({
  statement: { tone, title, details },
  groups,
  width,
  height,
  screenHeight,
  face,
}: {
  readonly statement: Statement;
  readonly groups: readonly GroupCount[];
  readonly width: number;
  readonly height: number;
  readonly screenHeight: number;
  readonly face: TextFace;
}) {
  const fitted = fitText(
    title,
    {
      width: width * 0.94,
      height: height * TITLE_SHARE,
      minPx: screenHeight * 0.03,
      maxPx: screenHeight * MOST_OF_HEIGHT,
    },
    face,
  );
  const detail = fitText(
    details.map(unbroken).join('\u00a0· '),
    { width: width * 0.94, height: height * 0.2, minPx: screenHeight * 0.02, maxPx: fitted.fontPx * 0.5 },
    face,
  );
  const groupPx = Math.min(detail.fontPx * 0.8, screenHeight * 0.05);
  const shownGroups = fittingGroups(groups, width / groupPx, face);
  const shape = TONE_SHAPE[tone];
  return (
    <section className={styles.statement} style={{ height, gap: height * 0.035 }} data-wall-statement={tone}>
      {shape ? (
        <span style={{ width: height * 0.22, height: height * 0.22 }}>
          <HealthShape state={shape} size={height * 0.22} />
        </span>
      ) : null}
      <p className={styles.statementTitle} style={{ fontSize: fitted.fontPx }}>
        <TextLines lines={fitted.lines} />
      </p>
      {details.length === 0 ? null : (
        <p className={styles.statementDetails} style={{ fontSize: detail.fontPx }}>
          <TextLines lines={detail.lines} />
        </p>
      )}
      {shownGroups.length === 0 ? null : (
        <ul className={styles.groups} style={{ fontSize: groupPx, gap: groupPx * GROUP_GAP_EM }}>
          {shownGroups.map(({ heading, worst, planes }) => (
            <li key={heading} style={{ gap: groupPx * 0.3 }}>
              <HealthShape state={worst} />
              {heading} {formatCount(planes)}
            </li>
          ))}
          {shownGroups.length < groups.length ? (
            <li>+ {formatCount(groups.length - shownGroups.length)}</li>
          ) : null}
        </ul>
      )}
    </section>
  );
}

/** Keeps a short detail on one line: lines break between details. */
function unbroken(detail: string): string {
  return detail.length <= MOST_UNBROKEN ? detail.replaceAll(' ', '\u00a0') : detail;
}

/** Returns as many groups as fit into a line, worst first, with room for the number of the others. */
function fittingGroups(groups: readonly GroupCount[], roomEm: number, face: TextFace): readonly GroupCount[] {
  let usedEm = widthEm('+ 9,999', face);
  const shown: GroupCount[] = [];
  for (const group of groups) {
    usedEm += widthEm(`${group.heading} ${formatCount(group.planes)}`, face) + 1.1 + GROUP_GAP_EM;
    if (usedEm > roomEm) break;
    shown.push(group);
  }
  return shown;
}

/** A wall without planes: the screen was refused, or no data have arrived yet. Its clock ticks anyway. */
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
  // A refused screen says why; it has no data whose age matters.
  const isBlind = refusal === null && age.state === 'blind';
  return (
    <>
      <main className={styles.board} style={{ padding: padPx, gap: gapPx }}>
        <WallBar title={title} age={age} nowMs={nowMs} layout={sizes} screenWidth={screen.width} />
        <div className={clsx(styles.content, isBlind && styles.dimmed)}>
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
      {refusal === null ? <AgeOverlay age={age} nowMs={nowMs} screen={screen} face={face} /> : null}
    </>
  );
}
