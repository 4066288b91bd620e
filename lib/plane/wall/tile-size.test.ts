import { describe, expect, it } from 'vitest';
import { boardPlane, WIDE_FACE } from '@/testing/plane/board-fixture';
import { boardOf } from './board';
import { wallLayout } from './layout';
import { nameLines } from './name-lines';
import { measureReason } from './reason-lines';
import type { TileRegion } from './tile-layout';
import { tileLines } from './tile-size';
import { healthReason } from './tile-text';

const REASON =
  'No agent has connected since the plane was created, 3 h 12 min ago. Check that the agent runs.';
const SCREENS = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 1080, height: 1920 },
] as const;

function layoutOf(count: number, message: string, screen: (typeof SCREENS)[number]) {
  const planes = Array.from({ length: count }, (_, index) => {
    const plane = boardPlane(`payments-${index}`, 'degraded');
    const reason = { code: 'agent-lost', severity: 'error' as const, message };
    return { ...plane, health: { ...plane.health, reasons: [reason] } };
  });
  return wallLayout(boardOf(planes, [], 0), null, screen, WIDE_FACE, false);
}

/** Returns how each tile of a region divides its lines. */
function linesOf(region: TileRegion<ReturnType<typeof boardPlane>> | null | undefined) {
  return (region?.pages ?? []).flat().flatMap((row) =>
    (row.type === 'tiles' ? row.planes : []).map((plane) => {
      const size = region?.size;
      if (!size) throw new Error('A page without a size.');
      const names = nameLines(plane.name, size.nameEm, WIDE_FACE, size.nameLines);
      const reason = measureReason(healthReason(plane) ?? '', WIDE_FACE);
      const { reason: shown, details } = tileLines(size, names, reason);
      return { shown, needed: tileLines({ ...size, heightPx: 1e6 }, names, reason).reason, details };
    }),
  );
}

describe.each(SCREENS)('a tile on $width x $height', (screen) => {
  it.each([1, 3, 8, 30, 400])('shows its reason in full, large or small, with %i planes', (count) => {
    const { tiles } = layoutOf(count, REASON, screen);
    const all = [...linesOf(tiles?.worst), ...linesOf(tiles?.rest)];
    expect(all).toHaveLength(count);
    for (const { shown, needed } of all) expect(shown).toBe(needed);
  });

  it('shows kind and heartbeat beside a short reason', () => {
    const { tiles } = layoutOf(3, 'No agent.', screen);
    for (const { details } of linesOf(tiles?.worst)) expect(details).toBeGreaterThan(0);
  });

  it('shows as much as it can hold of a reason that is too long', () => {
    const { tiles } = layoutOf(400, `${REASON} `.repeat(20), screen);
    for (const { shown, needed, details } of [...linesOf(tiles?.worst), ...linesOf(tiles?.rest)]) {
      expect(shown).toBeGreaterThanOrEqual(2);
      expect(shown).toBeLessThan(needed);
      expect(details).toBe(0);
    }
  });
});
