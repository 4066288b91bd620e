import type { WallFrame } from '@/lib/api/wall';
import { HEALTH_LABELS, HEALTH_STATES } from '@/lib/plane/health/health-state';
import { joinList, planeCountText } from '@/lib/plane/model/text';
import { boardOf } from '@/lib/plane/wall/board';

/**
 * What a wall shows, in a sentence: `12 planes: 2 disconnected, 9 healthy and 1 in maintenance.`
 *
 * @param nowMs the API server's clock
 */
export function previewCaption(
  { planes, incidents }: Pick<WallFrame, 'planes' | 'incidents'>,
  nowMs: number,
): string {
  if (planes.length === 0) return 'There is no plane to show.';
  const { counts, maintenance } = boardOf(planes, incidents, nowMs);
  const parts = HEALTH_STATES.filter((state) => counts[state] > 0).map(
    (state) => `${counts[state].toLocaleString('en')} ${HEALTH_LABELS[state].toLowerCase()}`,
  );
  if (maintenance.length > 0) parts.push(`${maintenance.length.toLocaleString('en')} in maintenance`);
  return `${planeCountText(planes.length)}: ${joinList(parts)}.`;
}
