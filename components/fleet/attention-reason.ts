import type { FleetRow } from '@/lib/client/derived-fleet';
import { judgeNow } from '@/lib/client/live-fleet';
import { worstFindingWords } from '@/lib/plane/diagnosis/worst-finding-words';
import { HEALTH_WORDS } from '@/lib/plane/health-state';
import { maintenanceWords } from '@/lib/plane/maintenance-words';

/**
 * Why a plane stands as it does, in one line: what is wrong with it or, in maintenance, its health, until when and for
 * what. Empty for a plane that is well.
 *
 * @param nowMs the API server's clock
 */
export function attentionReason(row: FleetRow, nowMs: number): string {
  const { plane, health, attention } = row;
  if (attention === 'maintenance' && plane.maintenance)
    return `${HEALTH_WORDS[health.state]} · ${maintenanceWords(plane.maintenance, nowMs)}`;
  return worstFindingWords(judgeNow(row, nowMs) ?? health);
}
