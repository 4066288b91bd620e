import { clsx } from 'clsx';
import styles from './wall.module.css';

/** More marks than this say nothing from five metres. */
const MOST_MARKS = 24;

/** That there is more than this page, and how far the pages have turned. */
export function Pager({
  turn,
  pages,
  px,
}: {
  readonly turn: number;
  readonly pages: number;
  readonly px: number;
}) {
  const marks = pages <= MOST_MARKS ? Array.from({ length: pages }, (_, index) => index) : [];
  return (
    <div className={styles.pager} style={{ height: px, fontSize: px * 0.85, gap: px }}>
      <span>
        Page {turn + 1} of {pages}
      </span>
      <span className={styles.pagerTrack} style={{ gap: px * 0.3 }} aria-hidden="true">
        {marks.map((mark) => (
          <span
            key={mark}
            className={clsx(styles.pagerMark, mark === turn && styles.pagerMarkOn)}
            style={{ height: Math.max(3, px * 0.2) }}
          />
        ))}
      </span>
    </div>
  );
}
