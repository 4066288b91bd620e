import { validUntil } from '@/lib/plane/health/ca-bundle';
import { certificatesOf } from '@/lib/plane/health/certificate-facts';
import type { ParsedCa } from '@/lib/plane/health/health-facts';
import { HEALTH_LABELS } from '@/lib/plane/health/health-state';
import { knownHeartbeat } from '@/lib/plane/health/heartbeat';
import { planeTitle } from '@/lib/plane/model/display-name';
import { parseTimeMs } from '@/lib/plane/time/age';
import { csvText } from './csv';
import type { FleetEntry } from './fleet-view';

/** Returns the exported fields of a plane. Times are RFC 3339 in UTC, never ages. */
function exportRow(
  { plane, health, attention }: FleetEntry,
  nowMs: number,
): Record<string, string | number | boolean | null> {
  const certificates = certificatesOf(plane.facts).flatMap(({ fact }) =>
    fact.state === 'parsed' ? [fact] : [],
  );
  const maintenance = attention === 'maintenance' ? plane.maintenance : undefined;
  return {
    health: health.state,
    healthWord: HEALTH_LABELS[health.state],
    reasons: health.reasons.map((reason) => reason.message).join(' '),
    displayName: planeTitle(plane),
    name: plane.name,
    namespace: plane.namespace ?? null,
    kind: plane.kind,
    planeID: plane.planeID,
    siblings: plane.facts.siblings,
    connected: plane.agent?.connected ?? null,
    agents: plane.agent?.connectedAgents ?? null,
    lastHeartbeat: knownHeartbeat(plane.agent, plane.facts.heartbeatGap) ?? null,
    // The end of a bundle's uninterrupted validity: an agent may be verified until then, and may be rejected from the
    // first end on. With direct access, the first of several certificates to end counts.
    certificateExpires: firstOf(certificates.map((certificate) => endText(certificate, nowMs))),
    certificateFirstExpires: firstOf(
      certificates.map(({ notAfter, earlier }) => earlier?.[0]?.notAfter ?? notAfter),
    ),
    // Exported beside health, because summing up health alone would count planned work as a problem or as healthy.
    countsAs: attention,
    maintenanceUntil: maintenance?.until ?? null,
    maintenanceReason: maintenance?.reason ?? null,
    created: plane.createdAt,
    description: plane.description ?? null,
    owner: plane.owner ?? null,
    runbookUrl: plane.runbookUrl ?? null,
    labels: Object.entries(plane.labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(', '),
    uid: plane.uid,
  };
}

/** Returns the end of a bundle's uninterrupted validity or, if it isn't valid now, of its last certificate. */
function endText(certificate: ParsedCa, nowMs: number): string {
  const endMs = validUntil(certificate, nowMs);
  return endMs === null || endMs === parseTimeMs(certificate.notAfter) || !Number.isFinite(endMs)
    ? certificate.notAfter
    : new Date(endMs).toISOString();
}

/**
 * Formats the entries as CSV (RFC 4180: CRLF, a header line), in the given order.
 *
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function entriesToCsv(entries: readonly FleetEntry[], nowMs: number): string {
  const rows = entries.map((entry) => exportRow(entry, nowMs));
  const header = Object.keys(rows[0] ?? {});
  return csvText([header, ...rows.map((row) => header.map((name) => row[name] ?? null))]);
}

/** Formats the entries as JSON, in the given order. Labels and reasons keep their structure. See `entriesToCsv`. */
export function entriesToJson(entries: readonly FleetEntry[], nowMs: number): string {
  const rows = entries.map((entry) => ({
    ...exportRow(entry, nowMs),
    reasons: entry.health.reasons,
    labels: entry.plane.labels,
    conditions: entry.plane.conditions,
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

/** Returns the earliest of some times in RFC 3339, or null. */
function firstOf(times: readonly string[]): string | null {
  return times.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}
