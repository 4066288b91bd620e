import { describe, expect, it } from 'vitest';
import { HEALTH_STATES, type HealthState } from '@/lib/plane/health/health-state';
import type { Incident } from '@/lib/plane/health/incident';
import { boardPlane, boardPlanes, WIDE_FACE } from '@/testing/plane/board-fixture';
import { NOW_MS } from '@/testing/plane/plane-fixture';
import { type Board, type BoardPlane, boardOf } from './board';
import type { WallFinding } from './control-plane-notice';
import { wallLayout } from './layout';
import type { Screen } from './letter-sizes';
import type { TileRegion } from './tile-layout';
import { pageAt, type TileRow } from './tile-pages';

const SCREENS: Record<string, Screen> = {
  '1280x720': { width: 1280, height: 720 },
  '1920x1080': { width: 1920, height: 1080 },
  '3840x2160': { width: 3840, height: 2160 },
  '1080x1920': { width: 1080, height: 1920 },
  '390x844': { width: 390, height: 844 },
};
const COUNTS = [1, 2, 3, 5, 8, 13, 40, 400, 2000];
/** The smallest cap height of counts and of the worst planes' names: readable from five metres. */
function leastCapPx({ width, height }: Screen): number {
  return Math.min(72, 0.048 * Math.min(width, height));
}
const INCIDENT: Incident = {
  id: 'incident-1',
  code: 'control-plane',
  kind: 'disconnected',
  since: '2026-03-10T11:00:00Z',
  startedBy: '2026-03-10T11:01:00Z',
  planes: 40,
  lost: 30,
  planeIDs: 40,
  connectedBefore: 40,
  message:
    "All 40 connected planes disconnected together, between 2026-03-10 11:00:00 and 11:01:00 UTC. 10 came back, 30 didn't. The likely cause is the cluster gateway of the control plane, not the planes.",
};

/** As long as the findings about the control plane get. */
const FINDING: WallFinding = {
  code: 'gateway-certificate-expiring',
  severity: 'warning',
  title: 'Gateway certificate expires soon',
  message:
    'The serving certificate in the Secret cluster-gateway-tls expires in 12 days, on 2026-03-22 12:00:00 UTC.',
  consequence:
    "After that, if the gateway uses it, all agents lose their connection at their next reconnect. With the charts' settings, cert-manager renews it 15 days before, so the renewal has probably failed.",
};

const LONG_REASON =
  "Agent disconnected 1 min ago, between 2026-03-10 11:58:59 and 11:59:04 UTC. The gateway's status was written by another replica.";

/** Returns the height of everything on a wall together. */
function usedPx(layout: ReturnType<typeof wallLayout<BoardPlane>>): number {
  const { padPx, gapPx, barPx, scope, counts, controlPlane, incident, tiles, maintenance } = layout;
  const { pagerPx, pages, statement } = layout;
  const parts = [
    barPx,
    scope?.heightPx,
    counts?.heightPx,
    controlPlane?.heightPx,
    incident?.heightPx,
    statement?.height,
    tiles?.worst.heightPx,
    tiles?.rest?.heightPx,
    maintenance?.heightPx,
    pages > 1 ? pagerPx : undefined,
  ].filter((part) => part !== undefined);
  return 2 * padPx + parts.reduce((sum, part) => sum + part, 0) + gapPx * (parts.length - 1);
}

/** Returns the regions that have a page of more rows than there is room for. */
function overfullRegions({
  tiles,
  maintenance,
  gapPx,
  headingPx,
}: ReturnType<typeof wallLayout<BoardPlane>>): string[] {
  const regions = { worst: tiles?.worst, rest: tiles?.rest, maintenance };
  return Object.entries(regions).flatMap(([name, region]) =>
    (region?.pages ?? []).flatMap((page, index) => {
      const heights = page.map((row) => (row.type === 'heading' ? headingPx : (region?.size.heightPx ?? 0)));
      const neededPx = heights.reduce((sum, height) => sum + height, 0) + gapPx * (page.length - 1);
      const roomPx = region?.heightPx ?? 0;
      return neededPx > roomPx + 1 ? [`page ${index} of ${name}: ${neededPx} of ${roomPx} px`] : [];
    }),
  );
}

/** Returns the planes of a region in the order in which its pages show them. */
function shown(region: TileRegion<BoardPlane> | null | undefined): BoardPlane[] {
  return (region?.pages ?? []).flat().flatMap((row) => (row.type === 'tiles' ? row.planes : []));
}

function board(planes: readonly BoardPlane[], incidents: readonly Incident[] = []): Board<BoardPlane> {
  return boardOf(planes, incidents, NOW_MS);
}

/** Members of the incident as the server judges them. */
const lost: readonly BoardPlane[] = boardPlanes(40, 'disconnected').map((plane) => ({
  ...plane,
  incident: INCIDENT.id,
}));

const mixed = (count: number): BoardPlane[] => [
  ...boardPlanes(count, 'disconnected'),
  boardPlane('late', 'stale'),
  ...boardPlanes(27, 'healthy').map((plane) => ({ ...plane, uid: `well-${plane.uid}` })),
];

describe.each(Object.entries(SCREENS))('a wall of %s', (_, screen) => {
  it.each(COUNTS)(
    'shows each of %i disconnected planes once, the worst first, within the screen',
    (count) => {
      const planes = mixed(count);
      const layout = wallLayout(board(planes), null, screen, WIDE_FACE, false);
      const all = [...shown(layout.tiles?.worst), ...shown(layout.tiles?.rest)];
      expect(new Set(all.map(({ uid }) => uid)).size).toBe(count + 1);
      expect(all).toHaveLength(count + 1);
      expect(all[0]?.health.state).toBe('disconnected');
      expect(all.at(-1)?.name).toBe('late');
      expect(usedPx(layout)).toBeLessThanOrEqual(screen.height + 1);
    },
  );

  it('writes the counts readably from five metres, in at most a quarter of the height, whatever the states', () => {
    const states: HealthState[] = [
      'disconnected',
      'stale',
      'unknown',
      'degraded',
      'pending',
      'deleting',
      'unmonitored',
    ];
    for (const count of [1, 2000]) {
      const planes = states.flatMap((state) => boardPlanes(count, state));
      const { counts } = wallLayout(board(planes), null, screen, WIDE_FACE, false);
      expect(counts).not.toBeNull();
      expect((counts?.fontPx ?? 0) * WIDE_FACE.capEm).toBeGreaterThanOrEqual(leastCapPx(screen));
      expect(counts?.heightPx).toBeLessThanOrEqual(screen.height / 4);
      expect((counts?.labelPx ?? 0) * WIDE_FACE.capEm).toBeGreaterThan(7.5);
    }
  });

  it.each(COUNTS)('keeps rows of tiles within their regions with %i alarms', (count) => {
    const layout = wallLayout(board(mixed(count)), 'namespace', screen, WIDE_FACE, true);
    expect(overfullRegions(layout)).toEqual([]);
  });

  it.each(COUNTS)('keeps rows of %i tiles within their regions beside all else that a wall has', (count) => {
    const reasons = [{ code: 'agent-disconnected', severity: 'error', message: LONG_REASON }] as const;
    const planes = mixed(count).map((plane) => ({
      ...plane,
      health: { ...plane.health, reasons: [...reasons] },
    }));
    const served = boardPlanes(3, 'healthy').map((plane) => ({
      ...plane,
      uid: `served-${plane.uid}`,
      maintenance: { reason: LONG_REASON, until: '2026-03-10T13:00:00Z' },
    }));
    const full = board([...planes, ...served, ...lost], [INCIDENT]);
    expect(overfullRegions(wallLayout(full, null, screen, WIDE_FACE, true, [FINDING]))).toEqual([]);
  });

  it('gives an incident without other content all its room', () => {
    const layout = wallLayout(board(lost, [INCIDENT]), null, screen, WIDE_FACE, false);
    expect([layout.tiles, layout.statement, layout.pages]).toEqual([null, null, 1]);
    expect(usedPx(layout)).toBeLessThanOrEqual(screen.height + 1);
    expect(usedPx(layout)).toBeGreaterThan(screen.height * 0.95);
  });

  it('shows an incident once and leaves room for other alarms', () => {
    const other = boardPlane('other', 'degraded');
    const layout = wallLayout(board([...lost, other], [INCIDENT]), null, screen, WIDE_FACE, false);
    expect(shown(layout.tiles?.worst)).toEqual([other]);
    expect(layout.incident?.message.lines.join(' ')).toBe(INCIDENT.message);
    expect(usedPx(layout)).toBeLessThanOrEqual(screen.height + 1);
  });

  it('shows several incidents as one message', () => {
    const part: Incident = { ...INCIDENT, id: 'incident-2', code: 'lost-together', message: 'Three more.' };
    const { incident } = wallLayout(board(lost, [INCIDENT, part]), null, screen, WIDE_FACE, false);
    expect(incident?.title.lines.join(' ')).toBe('2 incidents');
    expect(incident?.message.lines.join(' ')).toBe(`${INCIDENT.message} Three more.`);
  });

  it('says what it shows and leaves out, beside alarms, an incident or nothing else', () => {
    const text = {
      scope:
        'Only planes with roles data and observability, in namespaces payments, checkout, search and 4 more that are healthy or stale',
      outside: '1,234 planes outside this wall need attention',
    };
    for (const [planes, incidents] of [
      [mixed(400), []],
      [[...lost, boardPlane('other', 'degraded')], [INCIDENT]],
      [boardPlanes(40, 'healthy'), []],
    ] as const) {
      const findings = [FINDING];
      const layout = wallLayout(board(planes, incidents), null, screen, WIDE_FACE, false, findings, text);
      expect(layout.scope?.scope?.lines.join(' ')).toBe(text.scope);
      expect(layout.scope?.outside?.lines.join(' ')).toBe(text.outside);
      expect(layout.scope?.heightPx).toBeLessThan(screen.height / 8);
      expect(usedPx(layout)).toBeLessThanOrEqual(screen.height + 1);
    }
    const none = { scope: null, outside: null };
    expect(wallLayout(board([]), null, screen, WIDE_FACE, false, [], none).scope).toBeNull();
  });

  it('shows the worst finding about the control plane beside alarms, an incident or nothing else', () => {
    const other = boardPlane('other', 'degraded');
    for (const [planes, incidents] of [
      [mixed(400), []],
      [[...lost, other], [INCIDENT]],
      [boardPlanes(40, 'healthy'), []],
    ] as const) {
      const layout = wallLayout(board(planes, incidents), null, screen, WIDE_FACE, false, [FINDING, FINDING]);
      const { controlPlane } = layout;
      expect(controlPlane?.severity).toBe('warning');
      expect(controlPlane?.title.lines.join(' ')).toBe('Gateway certificate expires soon, and 1 more');
      expect(controlPlane?.message.lines.join(' ')).toBe(`${FINDING.message} ${FINDING.consequence}`);
      // Alarms keep most of the room.
      expect(controlPlane?.heightPx).toBeLessThan(screen.height / 4);
      expect(usedPx(layout)).toBeLessThanOrEqual(screen.height + 1);
    }
    const without = wallLayout(board(mixed(40)), null, screen, WIDE_FACE, false);
    expect(without.controlPlane).toBeNull();
  });

  it('fits every state at once beside planes in maintenance', () => {
    const maintenance = { until: '2026-03-10T16:00:00Z', reason: 'Upgrade of the nodes' };
    const planes = HEALTH_STATES.flatMap((state) =>
      boardPlanes(14, state).map((plane) => ({ ...plane, uid: `${state}-${plane.uid}` })),
    );
    const maintained = boardPlanes(2, 'stale').map((plane) => ({ ...plane, maintenance }));
    const layout = wallLayout(board([...planes, ...maintained]), null, screen, WIDE_FACE, true);
    expect(layout.counts?.cells).toHaveLength(HEALTH_STATES.length + 1);
    const all = [...shown(layout.tiles?.worst), ...shown(layout.tiles?.rest)];
    expect(new Set(all.map(({ uid }) => uid)).size).toBe(14 * 6);
    const { tiles } = layout;
    for (const region of [tiles?.worst, tiles?.rest])
      if (region) expect(region.size.heightPx).toBeLessThanOrEqual(region.heightPx + 1);
    expect(usedPx(layout) + layout.headingPx + layout.gapPx).toBeLessThanOrEqual(screen.height + 1);
  });

  it('shows planes in maintenance separately, with and without alarms', () => {
    const maintenance = { until: '2026-03-10T16:00:00Z', reason: 'Upgrade of the nodes' };
    const maintained = boardPlanes(6, 'disconnected').map((plane) => ({ ...plane, maintenance }));
    for (const rest of [
      boardPlanes(20, 'healthy').map((plane) => ({ ...plane, uid: `w-${plane.uid}` })),
      mixed(40).map((plane) => ({ ...plane, uid: `m-${plane.uid}` })),
    ]) {
      const layout = wallLayout(board([...maintained, ...rest]), null, screen, WIDE_FACE, false);
      // On the smallest screens alarms take all the room, and planes in maintenance are only counted.
      if (layout.maintenance) expect(shown(layout.maintenance)).toHaveLength(6);
      else expect(screen.width).toBeLessThan(500);
      expect(layout.counts === null || layout.counts.cells.at(-1)?.of === 'maintenance').toBe(true);
      expect(usedPx(layout)).toBeLessThanOrEqual(screen.height + 1);
    }
  });

  it('is a single statement without alarms, however many planes there are', () => {
    const layout = wallLayout(board(boardPlanes(2000, 'healthy')), null, screen, WIDE_FACE, false);
    expect(layout.tiles).toBeNull();
    expect(layout.statement?.height).toBeGreaterThan(screen.height / 2);
    expect(layout.pages).toBe(1);
  });
});

describe.each(Object.entries(SCREENS).slice(0, 4))('the names of the worst planes on %s', (_, screen) => {
  it.each(COUNTS)('are readable from five metres with %i planes', (count) => {
    const { tiles } = wallLayout(board(mixed(count)), null, screen, WIDE_FACE, false);
    expect((tiles?.worst.size.namePx ?? 0) * WIDE_FACE.capEm).toBeGreaterThanOrEqual(leastCapPx(screen));
    expect(shown(tiles?.worst).length).toBeGreaterThanOrEqual(1);
  });
});

describe.each(Object.entries(SCREENS).slice(0, 4))('the pages of a wall of %s', (_, screen) => {
  it.each([
    [60, 400],
    [200, 2000],
    [30, 40],
  ])(
    'have the worst and more on each page, and each of %i unhealthy planes of %i once',
    (unhealthy, planes) => {
      const states = HEALTH_STATES.slice(0, 4);
      const fleet = Array.from({ length: planes }, (_plane, index) =>
        boardPlane(
          `payments-prod-eu-west-${index}`,
          (index < unhealthy && states[index % states.length]) || 'healthy',
        ),
      );
      const { tiles, pages } = wallLayout(board(fleet), null, screen, WIDE_FACE, false);
      const turned = Array.from({ length: pages }, (_page, turn) => ({
        worst: namesOf(pageAt(tiles?.worst.pages ?? [], turn)),
        rest: namesOf(pageAt(tiles?.rest?.pages ?? [], turn)),
      }));
      if (unhealthy >= 60) expect(pages).toBeGreaterThan(1);
      for (const { worst, rest } of turned) {
        expect(worst.length).toBeGreaterThan(0);
        expect(worst).toEqual(turned[0]?.worst);
        if (pages > 1) expect(rest.length).toBeGreaterThan(0);
      }
      const all = [...(turned[0]?.worst ?? []), ...turned.flatMap(({ rest }) => rest)];
      expect(new Set(all).size).toBe(unhealthy);
      expect(all).toHaveLength(unhealthy);
    },
  );
});

function namesOf(page: readonly TileRow<BoardPlane>[] | undefined): string[] {
  return (page ?? []).flatMap((row) => (row.type === 'tiles' ? row.planes.map(({ name }) => name) : []));
}

describe('a screen of more pixels', () => {
  it.each([30, 90, 400])('shows more of %i planes on a page instead of the same ones larger', (count) => {
    const onPage = (screen: Screen | undefined) => {
      if (!screen) throw new Error('No such screen.');
      const { tiles } = wallLayout(board(mixed(count)), null, screen, WIDE_FACE, false);
      return [tiles?.worst, tiles?.rest].flatMap((region) => namesOf(region?.pages[0])).length;
    };
    expect(onPage(SCREENS['3840x2160'])).toBeGreaterThan(1.3 * onPage(SCREENS['1920x1080']));
  });
});
