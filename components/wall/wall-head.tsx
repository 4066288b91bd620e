import { clsx } from 'clsx';
import type { CSSProperties } from 'react';
import { HealthShape } from '@/components/health/health-shape';
import type { Incident } from '@/lib/plane/health/incident';
import { formatAge, parseTimeMs } from '@/lib/plane/time/age';
import type { ControlPlaneNotice } from '@/lib/plane/wall/control-plane-notice';
import type { IncidentLayout, WallLayout } from '@/lib/plane/wall/layout';
import type { ScopeLayout } from '@/lib/plane/wall/scope-layout';
import { clockText } from '@/lib/plane/wall/wall-labels';
import styles from './wall.module.css';
import type { WallAge } from './wall-age';
import { TextLines } from './wall-text';

/** The wall's title, the age of its data, and a ticking clock that proves that the screen is alive. */
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
  // A phone has room for the numbers only.
  const prefix = screenWidth < barFontPx * 34 ? '' : 'Data ';
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
          {age.never ? 'No data' : `${prefix}${formatAge(age.ageMs)}${prefix === '' ? '' : ' old'}`}
        </span>
        <time className={styles.clock}>
          {clockText(nowMs)}
          <span style={{ fontSize: small * 0.8 }}> UTC</span>
        </time>
      </div>
    </header>
  );
}

/** The number of planes in each state, in the largest type that fits. */
export function CountStrip({ counts }: { readonly counts: NonNullable<WallLayout<never>['counts']> }) {
  const { cells, columns, fontPx, labelPx, shapePx, shapeGapPx, columnGapPx, heightPx } = counts;
  return (
    <ul
      className={styles.counts}
      style={{ height: heightPx, gridTemplateColumns: `repeat(${columns}, auto)`, columnGap: columnGapPx }}
    >
      {cells.map(({ of, count, label }) => (
        <li key={of} className={styles.count} style={cellStyle(of, count, shapeGapPx)} data-wall-count={of}>
          <span style={{ width: shapePx, height: shapePx, display: 'block' }}>
            <HealthShape state={of} />
          </span>
          <span className={styles.countNumber} style={{ fontSize: fontPx, color: `var(--color-${of})` }}>
            {count}
          </span>
          <span className={styles.countLabel} style={{ fontSize: labelPx }}>
            {label}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Removes the color of a state without planes: it's neither good nor alarming. */
function cellStyle(of: string, count: string, columnGap: number): CSSProperties {
  const colour = count === '0' ? { [`--color-${of}`]: 'var(--color-muted)' } : {};
  return { columnGap, ...colour } as CSSProperties;
}

/** Says which planes the wall shows, and how many others need action. */
export function ScopeView({
  layout: { scope, outside, columnGapPx, heightPx },
}: {
  readonly layout: ScopeLayout;
}) {
  return (
    <section
      className={clsx(styles.scope, columnGapPx !== null && styles.scopeRow)}
      style={{ height: heightPx, columnGap: columnGapPx ?? undefined }}
      data-wall-detail=""
      data-wall-scope=""
    >
      {scope ? (
        <p style={{ fontSize: scope.fontPx }}>
          <TextLines lines={scope.lines} />
        </p>
      ) : null}
      {outside ? (
        <p className={styles.outside} style={{ fontSize: outside.fontPx }} data-wall-outside="">
          <TextLines lines={outside.lines} />
        </p>
      ) : null}
    </section>
  );
}

/** Incidents as one message for all planes that they affect. */
export function IncidentView({
  incidents,
  layout: { title, sincePx, message, padPx, heightPx },
  nowMs,
}: {
  /** At least one, that of most planes first. */
  readonly incidents: readonly Incident[];
  readonly layout: IncidentLayout;
  readonly nowMs: number;
}) {
  const sincesMs = incidents.map(({ since }) => parseTimeMs(since)).filter((atMs) => atMs !== null);
  const sinceMs = sincesMs.length === 0 ? null : Math.min(...sincesMs);
  return (
    <section className={styles.incident} style={{ height: heightPx, padding: padPx }} data-wall-incident="">
      <h2 className={styles.incidentTitle} style={{ fontSize: title.fontPx, gap: title.fontPx * 0.3 }}>
        <HealthShape state={incidents[0]?.kind === 'frozen' ? 'stale' : 'disconnected'} />
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

/** A problem of the control plane that endangers all planes. */
export function ControlPlaneView({
  layout: { severity, title, message, padPx, heightPx },
}: {
  readonly layout: ControlPlaneNotice;
}) {
  const state = severity === 'error' ? 'disconnected' : 'degraded';
  const colors = { '--state': `var(--color-${state})`, '--ground': `var(--ground-${state})` };
  return (
    <section
      className={styles.controlPlane}
      style={{ height: heightPx, padding: padPx, ...colors } as CSSProperties}
      data-wall-control-plane={severity}
    >
      <h2 className={styles.controlPlaneTitle} style={{ fontSize: title.fontPx, gap: title.fontPx * 0.3 }}>
        <HealthShape state={state} />
        <span>
          <TextLines lines={title.lines} />
        </span>
      </h2>
      <p className={styles.incidentMessage} style={{ fontSize: message.fontPx }}>
        <TextLines lines={message.lines} />
      </p>
    </section>
  );
}
