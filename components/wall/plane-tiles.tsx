import { clsx } from 'clsx';
import type { CSSProperties } from 'react';
import { HealthShape } from '@/components/health/health-shape';
import { type AttentionState, attentionOf } from '@/lib/plane/health/attention';
import { HEALTH_LABELS } from '@/lib/plane/health/health-state';
import { activeMaintenance } from '@/lib/plane/maintenance/active-maintenance';
import { planeTitle } from '@/lib/plane/model/display-name';
import type { BoardPlane } from '@/lib/plane/wall/board';
import { nameLines } from '@/lib/plane/wall/name-lines';
import type { TextFace } from '@/lib/plane/wall/text-face';
import type { TileRegion } from '@/lib/plane/wall/tile-layout';
import type { TileRow } from '@/lib/plane/wall/tile-pages';
import type { TileSize } from '@/lib/plane/wall/tile-size';
import { heartbeatText, kindLabel, maintenanceEndText, sinceText } from '@/lib/plane/wall/wall-labels';
import styles from './wall.module.css';
import { TextLines } from './wall-text';

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
  readonly newAlarms: ReadonlySet<string>;
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
                isNew={tile.newAlarms.has(plane.uid)}
              />
            ))}
          </ul>
        ),
      )}
    </section>
  );
}

/** One plane: its name, its state and since when, its kind, and its last heartbeat. */
function PlaneTile({
  plane,
  size,
  face,
  nowMs,
  isNew,
}: {
  readonly plane: BoardPlane;
  readonly size: TileSize;
  readonly face: TextFace;
  readonly nowMs: number;
  /** Whether its alarm is new and not acknowledged. */
  readonly isNew: boolean;
}) {
  const { state, reasons } = plane.health;
  const [reason] = reasons;
  const maintenance = activeMaintenance(plane, nowMs);
  const attention = attentionOf(plane, state, nowMs);
  const name = planeTitle(plane);
  const { namePx, metaPx, padPx } = size;
  return (
    <li
      className={clsx(styles.tile, isNew && styles.newAlarm)}
      style={{
        ...tileColours(attention),
        color: `var(--color-${attention})`,
        height: size.heightPx,
        padding: padPx,
        paddingInlineStart: padPx * 0.6,
        columnGap: namePx * 0.28,
        fontSize: namePx,
      }}
      data-wall-tile={attention}
    >
      <span className={styles.shape}>
        <HealthShape state={attention} />
      </span>
      <span className={styles.name}>
        <span className="sr-only">{name}</span>
        {/* Screen readers get the whole name, because they would stumble over a line break in its middle. */}
        <span aria-hidden="true" data-wall-name="">
          <TextLines lines={nameLines(name, size.nameEm, face, size.nameLines).lines} />
        </span>
      </span>
      {maintenance ? (
        <>
          <Meta px={metaPx}>
            <b className={styles.state}>Maintenance</b> {maintenanceEndText(maintenance.until, nowMs)}
          </Meta>
          <Meta px={metaPx}>
            <span data-wall-detail="">{maintenance.reason ?? kindLabel(plane)}</span>
          </Meta>
          {size.metaLines === 3 ? (
            <Meta px={metaPx}>
              {HEALTH_LABELS[state]} {sinceText(plane, nowMs)}
            </Meta>
          ) : null}
        </>
      ) : (
        <>
          <Meta px={metaPx}>
            <b className={styles.state}>{HEALTH_LABELS[state]}</b> {sinceText(plane, nowMs)}
          </Meta>
          {size.metaLines === 2 ? (
            <span className={styles.kindAndHeartbeat} style={{ fontSize: metaPx }}>
              <span className={styles.kind} data-wall-detail="">
                {kindLabel(plane)}
              </span>
              <span>{` · ${heartbeatText(plane, nowMs)}`}</span>
            </span>
          ) : (
            <>
              <Meta px={metaPx}>
                <span data-wall-detail="">{kindLabel(plane)}</span>
              </Meta>
              <Meta px={metaPx}>{heartbeatText(plane, nowMs)}</Meta>
            </>
          )}
        </>
      )}
      {size.reasonLines > 0 && reason ? (
        <span className={styles.reason} style={{ fontSize: metaPx, WebkitLineClamp: size.reasonLines }}>
          {reason.message}
        </span>
      ) : null}
    </li>
  );
}

function Meta({ px, children }: { readonly px: number; readonly children: React.ReactNode }) {
  return (
    <span className={styles.meta} style={{ fontSize: px }}>
      {children}
    </span>
  );
}

/** Returns the wall's colors for a state: its background, the cut-out of its shape, and the state's own color. */
function tileColours(state: AttentionState): CSSProperties {
  return {
    '--state': `var(--color-${state})`,
    '--shape-cut': `var(--ground-${state})`,
    background: `var(--ground-${state})`,
  } as CSSProperties;
}
