import type { FleetRow } from '@/lib/client/derived-fleet';
import { judgeNow } from '@/lib/client/live-fleet';
import { worstFindingWords } from '@/lib/plane/diagnosis/worst-finding-words';

/** Why a plane is as it is, in one sentence. @param nowMs the API server's clock */
export function firstReason(row: FleetRow, nowMs: number): string {
  return worstFindingWords(judgeNow(row, nowMs) ?? row.health);
}
