import 'server-only';
import { Gauge, Registry } from 'prom-client';
import type { FleetPlane, Source } from '@/lib/api/fleet';
import type { GatewayFacts } from '@/lib/plane/health/gateway-certificates';
import { INCIDENT_CODES } from '@/lib/plane/health/health';
import { HEALTH_STATES } from '@/lib/plane/health/health-state';
import type { Incident } from '@/lib/plane/health/incident';
import { activeMaintenance } from '@/lib/plane/maintenance/active-maintenance';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import { parseTimeMs } from '@/lib/plane/time/age';
import { SECOND_MS } from '@/lib/plane/time/duration';

/** Metrics in Prometheus' text format, with their content type. */
export interface MetricsText {
  readonly contentType: string;
  readonly text: string;
}

/**
 * Counts planes by kind and health. Planes in maintenance are series of their own: an alert on `maintenance="false"`
 * leaves them out, and their health is still reported. A kind that was never read has no series, because the number
 * of its planes is unknown, not 0. Planes that are lost in an incident, and the end of each of the gateway's
 * certificates that could be read, are gauges of their own.
 *
 * @param planes with their current health
 * @param nowMs the API server's clock, milliseconds since the epoch
 * @param gateway the gateway's certificates; null: not read yet
 * @param incidents those that are going on
 * @param uncheckedCas the number of planes whose CA Planeboard's account may not read
 */
export async function fleetMetrics(
  planes: Iterable<FleetPlane>,
  sources: readonly Source[],
  nowMs: number,
  gateway: GatewayFacts | null = null,
  incidents: readonly Incident[] = [],
  uncheckedCas = 0,
): Promise<MetricsText> {
  // Created each time: removed planes leave no series behind, and replicas and module copies share nothing.
  const registry = new Registry();
  const gauge = new Gauge({
    name: 'planeboard_planes',
    help: 'Number of planes by kind, health and maintenance.',
    labelNames: ['kind', 'health', 'maintenance'],
    registers: [registry],
  });
  for (const { plural, lastContactAt } of sources) {
    const kind = kindOfPlural(plural)?.kind;
    if (kind === undefined || lastContactAt === null) continue;
    for (const health of HEALTH_STATES)
      for (const maintenance of ['false', 'true']) gauge.set({ kind, health, maintenance }, 0);
  }
  for (const plane of planes) {
    const maintenance = String(activeMaintenance(plane, nowMs) !== null);
    gauge.inc({ kind: plane.kind, health: plane.health.state, maintenance });
  }
  addIncidents(registry, incidents);
  addCertificates(registry, gateway);
  addUncheckedCas(registry, uncheckedCas);
  return { contentType: registry.contentType, text: await registry.metrics() };
}

function addUncheckedCas(registry: Registry, planes: number): void {
  const gauge = new Gauge({
    name: 'planeboard_unchecked_ca_planes',
    help: "Number of planes whose CA isn't checked because Planeboard's account can't get its Secret.",
    registers: [registry],
  });
  gauge.set(planes);
}

function addIncidents(registry: Registry, incidents: readonly Incident[]): void {
  const gauge = new Gauge({
    name: 'planeboard_incident_planes',
    help: 'Number of planes that are lost in an incident: of the control plane, or of a part of the fleet.',
    labelNames: ['incident'],
    registers: [registry],
  });
  for (const incident of INCIDENT_CODES) gauge.set({ incident }, 0);
  for (const { code, lost } of incidents) gauge.inc({ incident: code }, lost);
}

function addCertificates(registry: Registry, gateway: GatewayFacts | null): void {
  const gauge = new Gauge({
    name: 'planeboard_gateway_certificate_expiration_timestamp_seconds',
    help: "When the gateway's CA and its serving certificate expire, in seconds since the epoch.",
    labelNames: ['certificate'],
    registers: [registry],
  });
  for (const certificate of ['ca', 'serving'] as const) {
    const fact = gateway?.[certificate];
    const endMs = fact?.state === 'read' ? parseTimeMs(fact.notAfter) : null;
    if (endMs !== null) gauge.set({ certificate }, endMs / SECOND_MS);
  }
}
