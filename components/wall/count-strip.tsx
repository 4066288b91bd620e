import type { CSSProperties } from 'react';
import { HealthShape } from '@/components/health/health-shape';
import type { WallLayout } from '@/lib/plane/wall/layout';
import styles from './wall.module.css';

/** How many planes are in each state, in the largest letters that fit. */
export function CountStrip({ counts }: { readonly counts: NonNullable<WallLayout<never>['counts']> }) {
  const { cells, columns, fontPx, wordPx, shapePx, shapeGapPx, columnGapPx, heightPx } = counts;
  return (
    <ul
      className={styles.counts}
      style={{ height: heightPx, gridTemplateColumns: `repeat(${columns}, auto)`, columnGap: columnGapPx }}
    >
      {cells.map(({ of, count, word }) => (
        <li key={of} className={styles.count} style={cellStyle(of, count, shapeGapPx)} data-wall-count={of}>
          <span style={{ width: shapePx, height: shapePx, display: 'block' }}>
            <HealthShape state={of} />
          </span>
          <span className={styles.countNumber} style={{ fontSize: fontPx, color: `var(--color-${of})` }}>
            {count}
          </span>
          <span className={styles.countWord} style={{ fontSize: wordPx }}>
            {word}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** No plane in a state is nothing to be glad or alarmed about: its number and its shape have no colour then. */
function cellStyle(of: string, count: string, columnGap: number): CSSProperties {
  const colour = count === '0' ? { [`--color-${of}`]: 'var(--color-muted)' } : {};
  return { columnGap, ...colour } as CSSProperties;
}
