import type { BoardPlane } from '@/lib/plane/wall/board';
import type { TextFace } from '@/lib/plane/wall/text-face';
import type { TileRegion } from '@/lib/plane/wall/tile-layout';
import type { TileRow } from '@/lib/plane/wall/tile-pages';
import { PlaneTile } from './plane-tile';
import styles from './wall.module.css';

/** One page of tiles. */
export function TileRows({
  region,
  rows,
  label,
  gapPx,
  headingPx,
  ...tile
}: {
  readonly region: Pick<TileRegion<BoardPlane>, 'size' | 'heightPx'>;
  readonly rows: readonly TileRow<BoardPlane>[];
  readonly label: string;
  readonly gapPx: number;
  readonly headingPx: number;
  readonly face: TextFace;
  readonly nowMs: number;
  readonly unseen: ReadonlySet<string>;
}) {
  const { size, heightPx } = region;
  return (
    <section className={styles.region} style={{ height: heightPx, gap: gapPx }} aria-label={label}>
      {rows.map((row) =>
        row.type === 'heading' ? (
          <h2
            key={`heading ${row.text}`}
            className={styles.heading}
            style={{ height: headingPx, fontSize: headingPx * 0.8 }}
          >
            {row.text}
          </h2>
        ) : (
          <ul
            key={row.planes[0]?.uid}
            className={styles.row}
            style={{ gap: gapPx, gridTemplateColumns: `repeat(${size.columns}, minmax(0, 1fr))` }}
          >
            {row.planes.map((plane) => (
              <PlaneTile
                key={plane.uid}
                plane={plane}
                size={size}
                face={tile.face}
                nowMs={tile.nowMs}
                unseen={tile.unseen.has(plane.uid)}
              />
            ))}
          </ul>
        ),
      )}
    </section>
  );
}
