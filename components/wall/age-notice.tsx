import { formatAge } from '@/lib/plane/time/age';
import { fitText } from '@/lib/plane/wall/fit-text';
import { fontForCapPx, type TextFace } from '@/lib/plane/wall/text-face';
import type { Screen } from '@/lib/plane/wall/tile-size';
import styles from './wall.module.css';
import { BLIND_MS, OLD_MS, type WallAge } from './wall-age';

const FROM_SHARE = 0.06;
const TO_SHARE = 0.16;

/** That the data are old: it grows with their age, until the screen calls itself blind. */
export function AgeNotice({
  age,
  screen,
  face,
}: {
  readonly age: WallAge;
  readonly screen: Screen;
  readonly face: TextFace;
}) {
  const grown = Math.min(1, Math.max(0, (age.ageMs - OLD_MS) / (BLIND_MS - OLD_MS)));
  const height = screen.height * (FROM_SHARE + (TO_SHARE - FROM_SHARE) * grown);
  const text = age.never
    ? `No data for ${formatAge(age.ageMs)}: ${sideText(age)}`
    : `These data are ${formatAge(age.ageMs)} old: ${sideText(age)}`;
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

/** Whose contact is missing. */
export function sideText({ side }: WallAge): string {
  return side === 'server' ? 'Planeboard does not answer' : 'Planeboard has no contact with the API server';
}
