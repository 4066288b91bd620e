import { HEALTH_LABELS } from '@/lib/plane/health/health-state';
import { planeTitle } from '@/lib/plane/model/display-name';
import type { FleetEntry } from './fleet-view';

/** What a file of the list holds, one object a plane; times are RFC 3339 in UTC, never ages. */
function exportRow({
  plane,
  health,
  attention,
}: FleetEntry): Record<string, string | number | boolean | null> {
  const { certificate } = plane.facts;
  const ca = certificate.state === 'parsed' ? certificate : undefined;
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
    lastHeartbeat: plane.agent?.lastHeartbeatTime ?? null,
    // Of a bundle the last end: until then an agent may be verified, and from the first one on it may be refused.
    certificateExpires: ca?.notAfter ?? null,
    certificateFirstExpires: (ca?.earlier?.[0] ?? ca)?.notAfter ?? null,
    // What the list counts it as: whoever adds up health alone would count planned work as trouble, or as well.
    countsAs: attention,
    maintenanceUntil: maintenance?.until ?? null,
    maintenanceReason: maintenance?.reason ?? null,
    created: plane.createdAt,
    description: plane.description ?? null,
    labels: Object.entries(plane.labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(', '),
    uid: plane.uid,
  };
}

/**
 * One CSV field. A text that a spreadsheet would run as a formula gets a leading apostrophe (CSV injection): names and
 * descriptions come from whoever may write planes.
 */
function csvField(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The entries as CSV (RFC 4180: CRLF, a header line), in the order given. */
export function entriesToCsv(entries: readonly FleetEntry[]): string {
  const rows = entries.map(exportRow);
  const header = Object.keys(rows[0] ?? {});
  const lines = [
    header.map(csvField),
    ...rows.map((row) => header.map((name) => csvField(row[name] ?? null))),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

/** The entries as JSON, in the order given; labels and reasons keep their structure. */
export function entriesToJson(entries: readonly FleetEntry[]): string {
  const rows = entries.map((entry) => ({
    ...exportRow(entry),
    reasons: entry.health.reasons,
    labels: entry.plane.labels,
    conditions: entry.plane.conditions,
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}
