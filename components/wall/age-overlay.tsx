import { dataOldMs } from '@/lib/api/stream';
import { formatAge } from '@/lib/plane/time/age';
import { fitText } from '@/lib/plane/wall/fit-text';
import type { Screen } from '@/lib/plane/wall/letter-sizes';
import { fontForCapPx, type TextFace } from '@/lib/plane/wall/text-face';
import { clockText } from '@/lib/plane/wall/wall-labels';
import styles from './wall.module.css';
import { blindMs, type WallAge } from './wall-age';
import { TextLines } from './wall-text';

const FROM_SHARE = 0.06;
const TO_SHARE = 0.16;

interface OverlayProps {
  readonly age: WallAge;
  /** The API server's clock, milliseconds since the epoch. */
  readonly nowMs: number;
  readonly screen: Screen;
  readonly face: TextFace;
}

/** Covers a wall whose data aren't current: a notice at first, the whole screen after a minute. */
export function AgeOverlay({ age, nowMs, screen, face }: OverlayProps) {
  if (age.state === 'old') return <AgeNotice age={age} screen={screen} face={face} />;
  if (age.state === 'blind') return <BlindScreen age={age} nowMs={nowMs} screen={screen} face={face} />;
  return null;
}

/** A notice that the data are old. It grows with their age, until the screen is blind. */
function AgeNotice({ age, screen, face }: Omit<OverlayProps, 'nowMs'>) {
  const growth = Math.min(1, Math.max(0, (age.ageMs - dataOldMs()) / (blindMs() - dataOldMs())));
  const height = screen.height * (FROM_SHARE + (TO_SHARE - FROM_SHARE) * growth);
  const text = age.never
    ? `No data for ${formatAge(age.ageMs)}: ${sideText(age)}`
    : `Data is ${formatAge(age.ageMs)} old: ${sideText(age)}`;
  const { fontPx } = fitText(
    text,
    {
      width: screen.width * 0.94,
      height: height * 0.84,
      minPx: fontForCapPx(11, face),
      maxPx: height * 0.46,
    },
    face,
  );
  return (
    <div
      className={styles.notice}
      style={{ height, fontSize: fontPx, lineHeight: 1.2, paddingInline: screen.width * 0.02 }}
      role="alert"
    >
      {text}
    </div>
  );
}

/** Says over the whole screen that there are no current data, with the last state greyed out behind it. */
function BlindScreen({ age, nowMs, screen, face }: OverlayProps) {
  const sinceMs = nowMs - age.ageMs;
  const sameDay = new Date(sinceMs).toISOString().slice(0, 10) === new Date(nowMs).toISOString().slice(0, 10);
  const day = sameDay ? '' : `${new Date(sinceMs).toISOString().slice(0, 10)} `;
  const title = fitText(
    `NO LIVE DATA SINCE ${day}${clockText(sinceMs)} UTC`,
    {
      width: screen.width * 0.94,
      height: screen.height * 0.4,
      minPx: screen.width * 0.04,
      maxPx: fontForCapPx(screen.height * 0.075, face),
    },
    face,
  );
  const lastData = age.never
    ? 'No data yet. Retrying.'
    : `Last updated ${formatAge(age.ageMs)} ago. Retrying.`;
  const detail = fitText(
    `${sideText(age)}. ${lastData}`,
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

/** Names the missing contact. */
function sideText({ side }: WallAge): string {
  return side === 'server' ? "Planeboard isn't responding" : "Planeboard can't read from the API server";
}
