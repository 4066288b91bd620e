import { formatAge } from '@/lib/plane/time/age';
import { fitText } from '@/lib/plane/wall/fit-text';
import { fontForCapPx, type TextFace } from '@/lib/plane/wall/text-face';
import type { Screen } from '@/lib/plane/wall/tile-size';
import { clockText } from '@/lib/plane/wall/wall-labels';
import { sideText } from './age-notice';
import { TextLines } from './text-lines';
import styles from './wall.module.css';
import type { WallAge } from './wall-age';

/** Nothing is seen any more: said over the whole screen, with the last state grey behind it. */
export function BlindScreen({
  age,
  nowMs,
  screen,
  face,
}: {
  readonly age: WallAge;
  readonly nowMs: number;
  readonly screen: Screen;
  readonly face: TextFace;
}) {
  const sinceMs = nowMs - age.ageMs;
  const sameDay = new Date(sinceMs).toISOString().slice(0, 10) === new Date(nowMs).toISOString().slice(0, 10);
  const day = sameDay ? '' : `${new Date(sinceMs).toISOString().slice(0, 10)} `;
  const title = fitText(
    `SCREEN BLIND SINCE ${day}${clockText(sinceMs)} UTC`,
    {
      width: screen.width * 0.94,
      height: screen.height * 0.4,
      minPx: screen.width * 0.04,
      maxPx: fontForCapPx(screen.height * 0.075, face),
    },
    face,
  );
  const lastWords = age.never
    ? 'No data yet; trying again.'
    : `Last data ${formatAge(age.ageMs)} ago; trying again.`;
  const detail = fitText(
    `${sideText(age)}. ${lastWords}`,
    {
      width: screen.width * 0.94,
      height: screen.height * 0.2,
      minPx: screen.width * 0.02,
      maxPx: title.fontPx * 0.45,
    },
    face,
  );
  return (
    <div className={styles.blind} role="alert" data-wall-blind="">
      <div className={styles.blindPanel} style={{ padding: screen.height * 0.025 }}>
        <p className={styles.blindTitle} style={{ fontSize: title.fontPx }}>
          <TextLines lines={title.lines} />
        </p>
        <p className={styles.statementDetails} style={{ fontSize: detail.fontPx }}>
          <TextLines lines={detail.lines} />
        </p>
      </div>
    </div>
  );
}
