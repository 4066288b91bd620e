import type { FleetEntry } from '@/lib/plane/fleet/fleet-view';
import { attentionOf } from '@/lib/plane/health/attention';
import { deriveHealth } from '@/lib/plane/health/derive-health';
import { DEFAULT_LIMITS, NO_FACTS } from '@/lib/plane/health/health-facts';
import { kindOfName } from '@/lib/plane/model/kinds';
import { parsePlane } from '@/lib/plane/model/parse-plane';
import { siblingKey } from '@/lib/plane/model/references';
import { kindFeatures } from '@/lib/plane/schema/installed-kind';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { timeAgo } from '@/testing/control-plane/plane-statuses';
import { smallCompany } from '@/testing/control-plane/small-company';
import { planeResource } from '@/testing/control-plane/test-planes';
import { CERTIFICATE_PEM } from './draft-fixture';
import { installedKind } from './installed-kinds';

/**
 * The planes of the small company as the fleet's list has them, without an API server: read, judged and in the order
 * of their creation, a second apart.
 */
export function companyEntries(): FleetEntry[] {
  const nowMs = Date.now();
  const company = smallCompany();
  const planes = company.map((plane, index) => {
    const resource = planeResource(plane, CERTIFICATE_PEM);
    const metadata = {
      ...resource.metadata,
      uid: `uid-${index}`,
      resourceVersion: String(index + 1),
      generation: 1,
      creationTimestamp: timeAgo((company.length - index) * SECOND_MS),
      ...(plane.deleting ? { deletionTimestamp: timeAgo(0) } : {}),
    };
    const kind = kindOfName(plane.kind);
    if (!kind) throw new Error(`${plane.kind} is no plane kind.`);
    const raw = { ...resource, metadata, ...(plane.status ? { status: plane.status } : {}) };
    return parsePlane(kind, raw, kindFeatures(installedKind('1.2', plane.kind).schema));
  });
  return planes.map((plane) => {
    const key = siblingKey(plane);
    const siblings = planes.filter((other) => other !== plane && siblingKey(other) === key).length;
    const facts = { ...NO_FACTS, siblings };
    const known = { ...facts, limits: DEFAULT_LIMITS, contactAtMs: nowMs };
    const health = deriveHealth(plane, known, nowMs);
    return {
      plane: { ...plane, facts },
      health,
      attention: attentionOf(plane, health.state, nowMs),
      seenSinceMs: null,
    };
  });
}
