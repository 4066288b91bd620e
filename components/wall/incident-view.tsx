import { HealthShape } from '@/components/health/health-shape';
import type { Incident } from '@/lib/plane/health/incident';
import { formatAge, parseTimeMs } from '@/lib/plane/time/age';
import type { IncidentLayout } from '@/lib/plane/wall/layout';
import { TextLines } from './text-lines';
import styles from './wall.module.css';

/** All planes lost together: one message, not as many as there are planes. */
export function IncidentView({
  incident,
  layout: { title, sincePx, message, padPx, heightPx },
  nowMs,
}: {
  readonly incident: Incident;
  readonly layout: IncidentLayout;
  readonly nowMs: number;
}) {
  const sinceMs = parseTimeMs(incident.since);
  return (
    <section className={styles.incident} style={{ height: heightPx, padding: padPx }} data-wall-incident="">
      <h2 className={styles.incidentTitle} style={{ fontSize: title.fontPx, gap: title.fontPx * 0.3 }}>
        <HealthShape state={incident.sort === 'frozen' ? 'stale' : 'disconnected'} />
        <span>
          <TextLines lines={title.lines} />
        </span>
      </h2>
      <p className={styles.incidentTitle} style={{ fontSize: sincePx }}>
        {sinceMs === null ? null : `for ${formatAge(nowMs - sinceMs)}`}
      </p>
      <p className={styles.incidentMessage} style={{ fontSize: message.fontPx }}>
        <TextLines lines={message.lines} />
      </p>
    </section>
  );
}
