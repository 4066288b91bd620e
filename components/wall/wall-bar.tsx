import { clsx } from 'clsx';
import { formatAge } from '@/lib/plane/time/age';
import type { WallLayout } from '@/lib/plane/wall/layout';
import { clockText } from '@/lib/plane/wall/wall-labels';
import styles from './wall.module.css';
import type { WallAge } from './wall-age';

/** What this wall shows, how old its data are, and a clock that ticks: whether the screen itself is alive. */
export function WallBar({
  title,
  age,
  nowMs,
  layout: { barPx, barFontPx },
  screenWidth,
}: {
  readonly title: string;
  readonly age: WallAge;
  readonly nowMs: number;
  readonly layout: Pick<WallLayout<never>, 'barPx' | 'barFontPx'>;
  readonly screenWidth: number;
}) {
  const live = age.state === 'live' && !age.never;
  const small = barFontPx * 0.8;
  // A phone has room for the facts alone.
  const words = screenWidth < barFontPx * 34 ? '' : 'Data ';
  return (
    <header className={styles.bar} style={{ height: barPx, fontSize: barFontPx, gap: barFontPx }}>
      <h1 className={styles.title}>{title}</h1>
      <div className={styles.alive} style={{ gap: barFontPx * 0.5 }}>
        <span className={clsx(!live && styles.old)} style={{ fontSize: small }} data-wall-age={age.state}>
          <span
            className={clsx(styles.dot, !live && styles.dotOld)}
            style={{
              display: 'inline-block',
              width: small * 0.55,
              height: small * 0.55,
              marginInlineEnd: small * 0.4,
            }}
          />
          {age.never ? 'No data' : `${words}${formatAge(age.ageMs)}${words === '' ? '' : ' old'}`}
        </span>
        <time className={styles.clock}>
          {clockText(nowMs)}
          <span style={{ fontSize: small * 0.8 }}> UTC</span>
        </time>
      </div>
    </header>
  );
}
