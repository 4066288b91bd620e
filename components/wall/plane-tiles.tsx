import { clsx } from 'clsx';
import type { CSSProperties } from 'react';
import { HealthShape } from '@/components/health/health-shape';
import { type AttentionState, attentionOf } from '@/lib/plane/health/attention';
import { HEALTH_LABELS } from '@/lib/plane/health/health-state';
import { activeMaintenance } from '@/lib/plane/maintenance/active-maintenance';
import type { BoardPlane } from '@/lib/plane/wall/board';
import { nameLines } from '@/lib/plane/wall/name-lines';
import { type MeasuredReason, reasonLines } from '@/lib/plane/wall/reason-lines';
import type { TextFace } from '@/lib/plane/wall/text-face';
import type { TileRegion } from '@/lib/plane/wall/tile-layout';
import type { TileRow } from '@/lib/plane/wall/tile-pages';
import { detailLines, type TileSize, tileLines } from '@/lib/plane/wall/tile-size';
import { healthReason, maintenanceReason, tileTexts } from '@/lib/plane/wall/tile-text';
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

/** One plane: its name, its state and since when, the reason, and in the room left its kind and its last heartbeat. */
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
  const { state } = plane.health;
  const maintenance = activeMaintenance(plane, nowMs);
  const attention = attentionOf(plane, state, nowMs);
  const { name, reason } = tileTexts(maintenance ? maintenanceReason : healthReason, face)(plane);
  const { namePx, metaPx, padPx } = size;
  const names = nameLines(name, size.nameEm, face, size.nameLines);
  const lines = tileLines(size, names, reason);
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
      <span className={styles.name} style={{ fontSize: namePx * names.scale }}>
        <span className="sr-only">{name}</span>
        {/* Screen readers get the whole name, because they would stumble over a line break in its middle. */}
        <span aria-hidden="true" data-wall-name="">
          <TextLines lines={names.lines} />
        </span>
      </span>
      <Meta px={metaPx}>
        <b className={styles.state}>{maintenance ? 'Maintenance' : HEALTH_LABELS[state]}</b>{' '}
        {maintenance ? maintenanceEndText(maintenance.until, nowMs) : sinceText(plane, nowMs)}
      </Meta>
      {reason === null || lines.reason === 0 ? null : (
        <Reason reason={reason} size={size} lines={lines.reason} />
      )}
      <Details
        texts={
          maintenance
            ? [`${HEALTH_LABELS[state]} ${sinceText(plane, nowMs)}`, kindLabel(plane)]
            : [kindLabel(plane), heartbeatText(plane, nowMs)]
        }
        size={size}
        lines={lines.details}
      />
    </li>
  );
}

/** The reason in as many lines as the tile can hold, computed like the tile's height. */
function Reason({
  reason,
  size: { metaPx, metaEm },
  lines,
}: {
  readonly reason: MeasuredReason;
  readonly size: TileSize;
  readonly lines: number;
}) {
  return (
    <span className={styles.reason} style={{ fontSize: metaPx }} data-wall-reason="">
      <TextLines lines={reasonLines(reason, metaEm, lines)} />
    </span>
  );
}

/** Kind and heartbeat, in the room that the reason leaves. On a wide tile, both are on one line. */
function Details({
  texts: [first, second],
  size: { metaPx, metaEm },
  lines,
}: {
  readonly texts: readonly [string, string];
  readonly size: TileSize;
  readonly lines: number;
}) {
  if (lines === 0) return null;
  if (lines === 1 && detailLines(metaEm) === 1) {
    return (
      <span className={styles.kindAndHeartbeat} style={{ fontSize: metaPx }}>
        <span className={styles.kind} data-wall-detail="">
          {first}
        </span>
        <span>{` · ${second}`}</span>
      </span>
    );
  }
  return [first, second].slice(0, lines).map((text) => (
    <Meta key={text} px={metaPx}>
      <span data-wall-detail="">{text}</span>
    </Meta>
  ));
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
