'use client';

import { clsx } from 'clsx';
import { CircleX, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useCallback, useMemo, useState } from 'react';
import { HEALTH_TEXT, HealthShape } from '@/components/health/health-shape';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { judgeNow } from '@/lib/client/feed/live-fleet';
import { tickNowMs, useTick } from '@/lib/client/feed/tick';
import { type CertificateSummary, certificateSummary } from '@/lib/plane/fleet/certificate-summary';
import { entryAge, entrySince, isNewTrouble } from '@/lib/plane/fleet/entry-since';
import { shownState } from '@/lib/plane/fleet/fleet-view';
import { ATTENTION_LABELS } from '@/lib/plane/health/attention';
import { certificatesIn, validSpans } from '@/lib/plane/health/ca-bundle';
import { certificatesOf } from '@/lib/plane/health/certificate-facts';
import type { ParsedCa } from '@/lib/plane/health/health-facts';
import { HEALTH_LABELS } from '@/lib/plane/health/health-state';
import { worstReasonText } from '@/lib/plane/health/worst-reason';
import { maintenanceText } from '@/lib/plane/maintenance/active-maintenance';
import { planeTitle } from '@/lib/plane/model/display-name';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planePath } from '@/lib/plane/model/plane-path';
import { capital } from '@/lib/plane/model/text';
import { formatAge, formatUtc, parseTimeMs } from '@/lib/plane/time/age';

/**
 * Returns the reason for a plane's state in one line: its worst finding or, in maintenance, its health and the end
 * and reason of the maintenance. Empty for a healthy plane.
 *
 * @param nowMs the API server's clock
 */
function attentionReason(row: FleetRow, nowMs: number): string {
  const { plane, health, lastKnown, attention } = row;
  if (attention === 'maintenance' && plane.maintenance)
    return `${HEALTH_LABELS[health.state]} · ${maintenanceText(plane.maintenance, nowMs)}`;
  return worstReasonText(lastKnown?.health ?? judgeNow(row, nowMs) ?? health);
}

/** Returns the word for a plane's state. A last known one never looks current: `Healthy as of 3 min ago`. */
function stateText(row: FleetRow, nowMs: number): string {
  const label = ATTENTION_LABELS[shownState(row)];
  const asOfMs = isLastKnown(row) ? row.lastKnown?.asOfMs : undefined;
  return asOfMs === undefined ? label : `${label} as of ${formatAge(Math.max(0, nowMs - asOfMs))} ago`;
}

/** Maintenance is known without contact, so such a plane is shown as it is. */
function isLastKnown({ attention, lastKnown }: FleetRow): boolean {
  return attention === 'unknown' && lastKnown !== undefined;
}

/** A plane's state and the reason for it, in two lines. */
export function HealthCell({
  row,
  lastLookMs,
}: {
  readonly row: FleetRow;
  /** When the person last looked at the list; null: never. */
  readonly lastLookMs: number | null;
}) {
  const reason = useTick(useCallback((nowMs: number) => attentionReason(row, nowMs), [row]));
  const label = useTick(useCallback((nowMs: number) => stateText(row, nowMs), [row]));
  return (
    <div
      className="line-clamp-2 text-pretty leading-5"
      data-tip={reason ? `${label}. ${reason}` : undefined}
      data-tip-if-cut=""
    >
      {isNewTrouble(row, lastLookMs) ? (
        <span className="mr-1.5 rounded bg-accent-soft px-1 font-semibold text-2xs text-accent">New</span>
      ) : null}
      <span className={clsx('font-medium', isLastKnown(row) ? 'text-muted' : HEALTH_TEXT[row.attention])}>
        {label}
        {isLastKnown(row) && reason ? '.' : ''}
      </span>
      {reason ? <span className="text-muted text-xs"> {reason}</span> : null}
    </div>
  );
}

/** How long a plane has been in its state: `≥` if that's only since this page saw it. */
export function SinceCell({ row }: { readonly row: FleetRow }) {
  const text = useTick(useCallback((nowMs: number) => entryAge(row, nowMs), [row]));
  const since = entrySince(row);
  if (text === null || since === null)
    return (
      <span className="text-muted">
        <span aria-hidden="true">–</span>
        <span className="sr-only">Not known</span>
      </span>
    );
  return (
    <time
      dateTime={new Date(since.atMs).toISOString()}
      data-tip={formatUtc(since.atMs)}
      className="tabular whitespace-nowrap"
    >
      {since.exact ? text : `≥ ${text}`}
    </time>
  );
}

/**
 * The link's description for screen readers: the state and the whole reason. It updates when the link gets the focus
 * and when the reason changes. A description with ticking ages would be read out again and again.
 */
function useDescription(row: FleetRow, focused: boolean): string | undefined {
  const { state, reasons } = row.health;
  const shown = shownState(row);
  const reasonCode = reasons[0]?.code;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row itself also changes with every heartbeat.
  return useMemo(() => {
    if (!focused) return undefined;
    return [stateText(row, tickNowMs()), attentionReason(row, tickNowMs())].filter(Boolean).join('. ');
  }, [focused, row.plane.uid, shown, state, reasonCode]);
}

/** A plane's name, as a link that covers its whole row. */
export function NameCell({
  row,
  index,
  focusable,
}: {
  readonly row: FleetRow;
  readonly index: number;
  readonly focusable: boolean;
}) {
  const { plane } = row;
  const [focused, setFocused] = useState(false);
  const description = useDescription(row, focused);
  return (
    <div className="flex items-start gap-2.5">
      <span className={clsx('mt-0.5', isLastKnown(row) && 'opacity-60 grayscale')}>
        <HealthShape state={shownState(row)} />
      </span>
      <div className="min-w-0">
        <Link
          href={planePath(plane)}
          prefetch={false}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          aria-description={description}
          data-index={index}
          tabIndex={focusable ? 0 : -1}
          className="block truncate rounded-sm font-medium outline-offset-2 after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          {planeTitle(plane)}
        </Link>
        {plane.displayName === undefined ? null : (
          <div className="truncate text-muted text-xs max-lg:hidden" data-tip={plane.name} data-tip-if-cut="">
            {plane.name}
          </div>
        )}
        <div className="truncate text-muted text-xs lg:hidden">
          {[
            plane.displayName === undefined ? null : plane.name,
            kindOfName(plane.kind)?.label ?? plane.kind,
            plane.namespace,
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </div>
    </div>
  );
}

const TONES: Record<CertificateSummary['tone'], string> = {
  error: 'font-medium text-disconnected',
  warning: 'font-medium text-degraded',
  plain: '',
  quiet: 'text-muted',
};

/** When the agent's CA, or the first certificate of direct access, expires. An icon marks problems in addition to the color. */
export function CertificateCell({ row: { plane, health } }: { readonly row: FleetRow }) {
  const text = useTick(
    useCallback((nowMs: number) => certificateSummary(plane, health, nowMs).text, [plane, health]),
  );
  const tone = useTick(
    useCallback((nowMs: number) => certificateSummary(plane, health, nowMs).tone, [plane, health]),
  );
  const Icon = tone === 'error' ? CircleX : tone === 'warning' ? TriangleAlert : null;
  return (
    <span
      className={`tabular inline-flex items-center align-middle gap-1 whitespace-nowrap ${TONES[tone]}`}
      data-tip={tipOf(plane)}
    >
      <span className="sr-only lg:hidden">CA </span>
      {Icon ? <Icon size={13} aria-hidden="true" className="shrink-0" /> : null}
      {text}
    </span>
  );
}

function tipOf({ facts }: FleetRow['plane']): string | undefined {
  const certificates = certificatesOf(facts);
  const texts = certificates.flatMap(({ label, fact }) => {
    if (fact.state !== 'parsed') return [];
    const text = certificateTip(fact);
    return [certificates.length === 1 ? text : `${capital(label)}: ${text}`];
  });
  return texts.length === 0 ? undefined : texts.join('. ');
}

function certificateTip(certificate: ParsedCa): string {
  const endsMs = parseTimeMs(certificate.notAfter);
  const firstMs = parseTimeMs(certificate.earlier?.[0]?.notAfter);
  const kind = certificate.selfSignedLeaf ? ", the agent's own self-signed certificate" : '';
  const until = endsMs === null ? '' : `, valid until ${formatUtc(endsMs)}`;
  const bundle =
    firstMs === null
      ? ''
      : `. The earliest of its ${certificate.count} certificates is valid until ${formatUtc(firstMs)}`;
  const spans = validSpans(certificatesIn(certificate));
  const gaps = spans.slice(1).map(({ beginMs }, before) => {
    const fromMs = spans[before]?.endMs ?? beginMs;
    return `. None is valid from ${formatUtc(fromMs)} until ${formatUtc(beginMs)}`;
  });
  return `${certificate.subject}${kind}${until}${bundle}${gaps.join('')}`;
}

/** A plane's kind, and its namespace. */
export function KindCell({ row }: { readonly row: FleetRow }) {
  const { plane } = row;
  return (
    <>
      <div className="truncate">{kindOfName(plane.kind)?.label ?? plane.kind}</div>
      <div
        className="truncate text-muted text-xs"
        data-tip={plane.namespace && `Namespace ${plane.namespace}`}
      >
        {plane.namespace ?? 'Cluster-wide'}
      </div>
    </>
  );
}
