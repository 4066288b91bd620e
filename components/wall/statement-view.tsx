import { HealthShape } from '@/components/health/health-shape';
import { fitText } from '@/lib/plane/wall/fit-text';
import type { GroupCount } from '@/lib/plane/wall/sections';
import type { Statement } from '@/lib/plane/wall/statement';
import type { TextFace } from '@/lib/plane/wall/text-face';
import { TextLines } from './text-lines';
import styles from './wall.module.css';

const TONE_SHAPE = { healthy: 'healthy', neutral: null, unknown: 'unknown' } as const;
const TITLE_SHARE = 0.4;
const MOST_OF_HEIGHT = 0.2;

/** The one big statement of a wall that has nothing to show by name. */
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
  const detailPx = fitText(
    details.reduce((longest, text) => (text.length > longest.length ? text : longest), ''),
    { width: width * 0.94, height: height * 0.12, minPx: screenHeight * 0.02, maxPx: fitted.fontPx * 0.5 },
    face,
  ).fontPx;
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
        <div className={styles.statementDetails} style={{ fontSize: detailPx }}>
          {details.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      )}
      {groups.length === 0 ? null : (
        <ul
          className={styles.groups}
          style={{
            fontSize: detailPx * 0.7,
            gap: `${detailPx * 0.4}px ${detailPx * 1.1}px`,
            maxHeight: height * 0.14,
          }}
        >
          {groups.map(({ heading, worst, planes }) => (
            <li key={heading} style={{ gap: detailPx * 0.25 }}>
              <HealthShape state={worst} />
              {heading} {planes.toLocaleString('en')}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
