import { HealthShape } from '@/components/health/health-shape';
import { formatAge, parseTimeMs } from '@/lib/plane/age';
import type { Incident } from '@/lib/plane/incident';
import type { WallLayout } from '@/lib/plane/wall/layout';
import { TextLines } from './text-lines';
import styles from './wall.module.css';

/** All planes lost together: one message, not as many as there are planes. */
export function IncidentView({
  incident,
  layout: { title, message, heightPx },
  padPx,
  nowMs,
}: {
  readonly incident: Incident;
  readonly layout: NonNullable<WallLayout<never>['incident']>;
  readonly padPx: number;
  readonly nowMs: number;
}) {
  const sinceMs = parseTimeMs(incident.since);
  return (
    <section
      className={styles.incident}
      style={{
        height: heightPx,
        paddingInline: padPx,
        paddingBlock: (heightPx - title.heightPx - message.heightPx) / 2,
      }}
      data-wall-incident=""
    >
      <h2 className={styles.incidentTitle} style={{ fontSize: title.fontPx, gap: title.fontPx * 0.3 }}>
        <HealthShape state={incident.sort === 'frozen' ? 'stale' : 'disconnected'} />
        Control-plane incident
        {sinceMs === null ? null : (
          <span style={{ fontSize: title.fontPx * 0.55, marginInlineStart: 'auto' }}>
            for {formatAge(nowMs - sinceMs)}
          </span>
        )}
      </h2>
      <p className={styles.incidentMessage} style={{ fontSize: message.fontPx }}>
        <TextLines lines={message.lines} />
      </p>
    </section>
  );
}
