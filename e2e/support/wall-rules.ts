import { HEALTH_LABELS, HEALTH_STATES } from '@/lib/plane/health/health-state';
import type { Box, Survey } from './surveyed-wall';

/** Capitals of counts, statements and the worst planes' names, in parts of the screen's height. */
const MIN_LARGE_CAP = 0.048;
/** Nobody reads smaller capitals from five metres, in parts of the screen's shorter side; and in pixels, from any distance. */
const MIN_CAP = 0.012;
const MIN_CAP_PX = 7.5;
const MIN_CONTRAST = 7;
/** Of what is drawn rather than written. */
const MIN_SHAPE_CONTRAST = 4.5;
/** A screen whose shorter side is less is held in a hand: there names may be smaller. */
const HANDHELD_PX = 500;
const ranks: ReadonlyMap<string, number> = new Map(HEALTH_STATES.map((state, index) => [state, index]));

/** Everything that a wall must not look like, in sentences; empty when it is as it should be. */
export function wallProblems(survey: Survey): string[] {
  return [
    ...sizeProblems(survey),
    ...contrastProblems(survey),
    ...placeProblems(survey),
    ...overlapProblems(survey),
    ...labelProblems(survey),
  ];
}

function sizeProblems({ width, height, texts, counts, tiles, statement }: Survey): string[] {
  const isHandheld = Math.min(width, height) < HANDHELD_PX;
  const large = MIN_LARGE_CAP * height;
  const least = Math.max(MIN_CAP_PX, MIN_CAP * Math.min(width, height));
  const tooSmall = (what: string, capPx: number, minPx: number) =>
    capPx + 0.05 < minPx
      ? [`${what}: capitals of ${capPx.toFixed(1)} px, less than ${minPx.toFixed(1)}`]
      : [];
  return [
    ...counts.flatMap(({ of, capPx }) => tooSmall(`count of ${of}`, capPx, large)),
    ...(statement && width > height
      ? tooSmall(`statement “${statement.title}”`, statement.capPx, large)
      : []),
    ...tiles
      .filter(({ region }) => region === 'Worst planes' && !isHandheld)
      .flatMap(({ name, nameCapPx }) => tooSmall(`worst plane ${name}`, nameCapPx, large)),
    ...texts.flatMap(({ text, capPx }) => tooSmall(`“${text}”`, capPx, least)),
  ];
}

function contrastProblems({ texts, tiles }: Survey): string[] {
  return [
    ...texts
      .filter(({ contrast }) => contrast < MIN_CONTRAST)
      .map(({ text, contrast }) => `“${text}” has a contrast of ${contrast.toFixed(2)}`),
    ...tiles
      .filter(({ shapeContrast }) => shapeContrast < MIN_SHAPE_CONTRAST)
      .map(({ name, shapeContrast }) => `the shape of ${name} has a contrast of ${shapeContrast.toFixed(2)}`),
  ];
}

function placeProblems({ width, height, texts, parts, scrolls }: Survey): string[] {
  const outside = ({ left, top, right, bottom }: Box) =>
    left < -1 || top < -1 || right > width + 1 || bottom > height + 1;
  return [
    ...(scrolls ? ['the page is larger than the screen'] : []),
    ...texts.filter(({ ink }) => outside(ink)).map(({ text }) => `“${text}” reaches beyond the screen`),
    ...texts.filter((text) => text.isCut && !text.mayBeCut).map(({ text }) => `“${text}” is cut off`),
    ...parts.filter(outside).map(({ name }) => `${name} reaches beyond the screen`),
  ];
}

function overlapProblems({ texts, parts }: Survey): string[] {
  return [
    ...overlaps(texts.map(({ ink, text, node }) => ({ ...ink, name: `“${text}”`, of: node }))),
    ...overlaps(parts.map((part, index) => ({ ...part, of: index }))),
  ];
}

/** @param boxes those `of` the same may overlap: a cut line is told with and without its end */
function overlaps(boxes: readonly (Box & { readonly name: string; readonly of: number })[]): string[] {
  const sorted = boxes.toSorted((a, b) => a.top - b.top);
  return sorted.flatMap((a, index) => {
    const below = sorted.slice(index + 1);
    const end = below.findIndex(({ top }) => top > a.bottom - 1);
    return below
      .slice(0, end < 0 ? below.length : end)
      .filter((b) => a.of !== b.of && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1)
      .map((b) => `${a.name} and ${b.name} overlap`);
  });
}

/** Colour never stands alone: every state has its own shape and its word. */
function labelProblems({ tiles, counts, controls }: Survey): string[] {
  const labels: Readonly<Record<string, string>> = { ...HEALTH_LABELS, maintenance: 'Maintenance' };
  const shown = [
    ...tiles.map(({ state, label, shape, name }) => ({ of: state, label, shape, name })),
    ...counts.map(({ of, label, shape }) => ({ of, label, shape, name: `the count of ${of}` })),
  ];
  const shapes = new Map(shown.map(({ of, shape }) => [of, shape]));
  return [
    ...shown
      .filter(({ of, label }) => label !== labels[of])
      .map(({ name }) => `${name} has no word for its state`),
    ...shown
      .filter(({ of, shape }) => shape === '' || shape !== shapes.get(of))
      .map(({ name }) => `${name} has not the shape of its state`),
    ...(new Set(shapes.values()).size === shapes.size ? [] : ['two states have the same shape']),
    ...(controls === 0 ? [] : [`there are ${controls} controls`]),
  ];
}

/** Whether tiles stand with the worst first, those under each heading by themselves. */
export function isWorstFirst({ tiles }: Survey): boolean {
  return tiles.every((tile, index) => {
    const before = tiles[index - 1];
    const isFirst = before?.region !== tile.region || before.group !== tile.group;
    return isFirst || rankOf(before.state) <= rankOf(tile.state);
  });
}

/** Planes in maintenance have a place of their own, where their state counts for nothing. */
function rankOf(state: string): number {
  return ranks.get(state) ?? 0;
}
