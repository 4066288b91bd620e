import { clsx } from 'clsx';
import { HealthShape } from '@/components/health/health-shape';
import { attentionOf } from '@/lib/plane/health/attention';
import { HEALTH_LABELS } from '@/lib/plane/health/health-state';
import { activeMaintenance, untilText } from '@/lib/plane/health/maintenance';
import type { BoardPlane } from '@/lib/plane/wall/board';
import { nameLines } from '@/lib/plane/wall/name-lines';
import type { TextFace } from '@/lib/plane/wall/text-face';
import type { TileSize } from '@/lib/plane/wall/tile-size';
import { heartbeatText, kindLabel, nameOf, sinceText } from '@/lib/plane/wall/wall-labels';
import { healthGround } from './health-ground';
import { TextLines } from './text-lines';
import styles from './wall.module.css';

/** One plane: what it is called, how it is and since when, what kind it is, and when it was last heard of. */
export function PlaneTile({
  plane,
  size,
  face,
  nowMs,
  unseen,
}: {
  readonly plane: BoardPlane;
  readonly size: TileSize;
  readonly face: TextFace;
  readonly nowMs: number;
  readonly unseen: boolean;
}) {
  const { state, reasons } = plane.health;
  const [reason] = reasons;
  const maintenance = activeMaintenance(plane, nowMs);
  const attention = attentionOf(plane, state, nowMs);
  const name = nameOf(plane);
  const { namePx, metaPx, padPx } = size;
  return (
    <li
      className={clsx(styles.tile, unseen && styles.unseen)}
      style={{
        ...healthGround(attention),
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
        {/* The whole name is for screen readers, which would stumble over a break in its middle. */}
        <span aria-hidden="true" data-wall-name="">
          <TextLines lines={nameLines(name, size.nameEm, face, size.nameLines).lines} />
        </span>
      </span>
      {maintenance ? (
        <>
          <Meta px={metaPx}>
            <b className={styles.state}>Maintenance</b> {untilText(maintenance.until, nowMs)}
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
