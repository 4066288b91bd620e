import { ATTENTION_LABELS, type AttentionState } from '@/lib/plane/health/attention';
import { HEALTH_STATES } from '@/lib/plane/health/health-state';
import { incidentTitle } from '@/lib/plane/health/incident-text';
import { formatCount } from '@/lib/plane/model/text';
import type { Board, BoardPlane } from './board';
import { type ControlPlaneNotice, controlPlaneNotice, type WallFinding } from './control-plane-notice';
import { type CountLayout, countLayout } from './count-layout';
import { type FittedText, fitText, TEXT_LINE_EM } from './fit-text';
import { leastTextPx, type Screen, smallNamePx, worstNamePx } from './letter-sizes';
import { type ScopeLayout, type ScopeText, scopeLayout } from './scope-layout';
import { sectionsOf } from './sections';
import { fontForCapPx, type TextFace } from './text-face';
import {
  smallRegion,
  type TileArea,
  type TileLayout,
  type TileRegion,
  tileLayout,
  withinRegion,
} from './tile-layout';
import { healthReason, maintenanceReason, tileTexts } from './tile-text';
import type { WallGroup } from './wall-filter';

/** A displayed count: of a state, or of the planes in maintenance. */
export interface CountCell {
  readonly of: AttentionState;
  readonly count: string;
  readonly label: string;
}

/** The shape and the gap after it, as a fraction of the title's font. */
const INCIDENT_SHAPE_EM = 1.2;

export interface IncidentLayout {
  readonly title: FittedText;
  /** The font size of the duration, which has a line of its own. */
  readonly sincePx: number;
  readonly message: FittedText;
  readonly padPx: number;
  readonly heightPx: number;
}

/** The position and size of everything on a wall, in pixels of its screen. */
export interface WallLayout<P extends BoardPlane> {
  readonly padPx: number;
  readonly gapPx: number;
  readonly barPx: number;
  readonly barFontPx: number;
  readonly headingPx: number;
  readonly pagerPx: number;
  readonly scope: ScopeLayout | null;
  readonly counts: (CountLayout & { readonly cells: readonly CountCell[] }) | null;
  /** The worst finding about the control plane. */
  readonly controlPlane: ControlPlaneNotice | null;
  readonly incident: IncidentLayout | null;
  readonly tiles: TileLayout<P> | null;
  readonly maintenance: TileRegion<P> | null;
  /** The area left for a statement if there are no tiles. */
  readonly statement: { readonly width: number; readonly height: number } | null;
  /** The number of pages to turn; 1 if there is nothing to turn. */
  readonly pages: number;
}

/** The largest share of an incident beside other content. Alone, it takes everything. */
const INCIDENT_SHARE = 0.5;
/** The cap height of its title, as a fraction of the screen's height. */
const INCIDENT_CAP = { beside: 0.055, alone: 0.078 };
const MAINTENANCE_SHARE = 0.24;
const CALM_MAINTENANCE_SHARE = 0.4;
/** The minimum room for alarms beside planes in maintenance, as a multiple of the worst planes' font size. */
const MIN_TROUBLE_NAMES = 5.5;

/** Returns the counts to show: every state that occurs, and always the healthy planes. */
function countCells(board: Board<BoardPlane>): CountCell[] {
  // Problems come first and maintenance last, the wall's only exception to the order of states.
  const order: readonly AttentionState[] = [...HEALTH_STATES, 'maintenance'];
  return order
    .filter((state) => board.counts[state] > 0 || state === 'healthy')
    .map((state) => ({
      of: state,
      count: formatCount(board.counts[state]),
      label: ATTENTION_LABELS[state],
    }));
}

/** Returns whether nothing is shown by name, so the wall is a single statement. */
export function isCalm(board: Board<BoardPlane>): boolean {
  return board.incidents.length === 0 && board.attention.length === 0;
}

/** Returns the sizes of the frame around every wall's content. */
export function wallFrameSizes(
  screen: Screen,
  face: TextFace,
): Pick<WallLayout<never>, 'padPx' | 'gapPx' | 'barPx' | 'barFontPx' | 'headingPx' | 'pagerPx'> {
  const short = Math.min(screen.width, screen.height);
  const barFontPx = Math.min(fontForCapPx(Math.max(11, short * 0.026), face), screen.width / 22);
  return {
    padPx: Math.round(short * 0.022),
    gapPx: Math.max(6, Math.round(short * 0.012)),
    barFontPx,
    barPx: Math.round(barFontPx * 1.5),
    headingPx: Math.round(smallNamePx(screen, face) * 1.15),
    pagerPx: Math.round(barFontPx * 0.9),
  };
}

/**
 * Computes a wall's geometry. Pure: the same board on the same screen always looks the same.
 *
 * @param noticed whether a line lists the kinds that can't be seen
 * @param findings about the control plane, errors first
 * @param scopeText what the wall shows, and what it leaves out
 */
export function wallLayout<P extends BoardPlane>(
  board: Board<P>,
  group: WallGroup | null,
  screen: Screen,
  face: TextFace,
  noticed: boolean,
  findings: readonly WallFinding[] = [],
  scopeText: ScopeText = { scope: null, outside: null },
): WallLayout<P> {
  const sizes = wallFrameSizes(screen, face);
  const { padPx, gapPx, barPx, headingPx, pagerPx } = sizes;
  const width = screen.width - 2 * padPx;
  const calm = isCalm(board);

  let leftPx = screen.height - 2 * padPx - barPx - gapPx - (noticed ? headingPx + gapPx : 0);
  const scope = scopeLayout(scopeText, width, screen, face);
  if (scope) leftPx -= scope.heightPx + gapPx;
  const cells = countCells(board);
  const counts = calm ? null : { ...countLayout(cells, width, screen, face), cells };
  if (counts) leftPx -= counts.heightPx + gapPx;
  const controlPlane = controlPlaneNotice(findings, width, leftPx, screen, face);
  if (controlPlane) leftPx -= controlPlane.heightPx + gapPx;
  const incident = incidentLayout(board, width, leftPx, screen, face);
  if (incident) leftPx -= incident.heightPx + gapPx;

  const areaOf = (height: number, reasonOf: typeof healthReason): TileArea => ({
    ...{ screen, width, height, gapPx, headingPx },
    textOf: tileTexts(reasonOf, face),
  });
  const maintenancePx = leftPx * (calm ? CALM_MAINTENANCE_SHARE : MAINTENANCE_SHARE);
  const region = maintenanceRegion(board, areaOf(maintenancePx, maintenanceReason), face);
  // If alarms need all the room, planes in maintenance are only counted.
  const roomPx = worstNamePx(screen, face) * MIN_TROUBLE_NAMES;
  const maintenance = region && (calm || leftPx - region.heightPx > roomPx) ? region : null;
  if (maintenance) leftPx -= maintenance.heightPx + gapPx;
  const mayTurn = board.attention.length > 1 || (maintenance?.pages.length ?? 0) > 1;
  if (mayTurn) leftPx -= pagerPx + gapPx;
  const area = areaOf(leftPx, healthReason);
  const tiles = tileLayout(sectionsOf(board.attention, group), board.attention, area, face);
  return {
    ...sizes,
    scope,
    counts,
    controlPlane,
    incident,
    tiles,
    maintenance,
    statement: calm ? { width, height: leftPx } : null,
    pages: Math.max(
      1,
      tiles?.worst.pages.length ?? 1,
      tiles?.rest?.pages.length ?? 1,
      maintenance?.pages.length ?? 1,
    ),
  };
}

function incidentLayout(
  { incidents, attention, maintenance }: Board<BoardPlane>,
  width: number,
  roomPx: number,
  screen: Screen,
  face: TextFace,
): WallLayout<BoardPlane>['incident'] {
  const [worst, ...others] = incidents;
  if (!worst) return null;
  const isAlone = attention.length === 0 && maintenance.length === 0;
  const height = isAlone ? roomPx : roomPx * INCIDENT_SHARE;
  const padPx = Math.min(screen.width, screen.height) * 0.02;
  const inner = width - 2 * padPx;
  const maxPx = fontForCapPx(screen.height * (isAlone ? INCIDENT_CAP.alone : INCIDENT_CAP.beside), face);
  const title = fitText(
    others.length > 0 ? `${incidents.length} incidents` : incidentTitle(worst),
    // The shape takes as much from every font as it needs with the largest.
    { width: inner - INCIDENT_SHAPE_EM * Math.min(maxPx, inner / 8), height: height * 0.4, minPx: 12, maxPx },
    face,
  );
  const sincePx = title.fontPx * 0.6;
  const headPx = title.heightPx + sincePx * TEXT_LINE_EM;
  const message = fitText(
    incidents.map(({ message }) => message).join(' '),
    {
      width: inner,
      height: height - headPx - 2 * padPx,
      minPx: leastTextPx(screen, face),
      maxPx: sincePx,
    },
    face,
  );
  const neededPx = headPx + message.heightPx + 2 * padPx;
  return { title, sincePx, message, padPx, heightPx: isAlone ? Math.max(height, neededPx) : neededPx };
}

/** Lays out planes in maintenance separately, in the smaller font, with no more rows than they need. */
function maintenanceRegion<P extends BoardPlane>(
  { maintenance }: Board<P>,
  area: TileArea,
  face: TextFace,
): TileRegion<P> | null {
  if (maintenance.length === 0) return null;
  const region = smallRegion([{ heading: null, planes: maintenance }], area, face);
  const rows = Math.max(1, ...region.pages.map((page) => page.length));
  const heightPx = Math.min(area.height, rows * (region.size.heightPx + area.gapPx) - area.gapPx);
  return withinRegion({ ...region, heightPx }, area);
}
