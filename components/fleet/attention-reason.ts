import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { judgeNow } from '@/lib/client/feed/live-fleet';
import { worstFindingText } from '@/lib/plane/diagnosis/worst-finding';
import { HEALTH_LABELS } from '@/lib/plane/health/health-state';
import { maintenanceText } from '@/lib/plane/health/maintenance';

/**
 * Why a plane stands as it does, in one line: what is wrong with it or, in maintenance, its health, until when and for
 * what. Empty for a plane that is well.
 *
 * @param nowMs the API server's clock
 */
export function attentionReason(row: FleetRow, nowMs: number): string {
  const { plane, health, attention } = row;
  if (attention === 'maintenance' && plane.maintenance)
    return `${HEALTH_LABELS[health.state]} · ${maintenanceText(plane.maintenance, nowMs)}`;
  return worstFindingText(judgeNow(row, nowMs) ?? health);
}
