import { HEALTH_LABELS, HEALTH_STATES } from '@/lib/plane/health/health-state';
import type { Box, Survey } from './surveyed-wall';

/**
 * The minimal capital height of counts, statements and the worst planes' names: a share of the screen's shorter side, and
 * on large screens the pixels that are readable from five metres.
 */
const MIN_LARGE_CAP = 0.048;
const MIN_LARGE_CAP_PX = 72;
/** A long name may shrink this much before it's cut; all others have their full size. */
const NAME_SCALE = 0.7;
const LONG_NAME_CHARACTERS = 16;
/**
 * The minimal capital height of all texts, readable from five metres: a share of the screen's shorter side, and in
 * pixels.
 */
const MIN_CAP = 0.012;
const MIN_CAP_PX = 7.5;
const MIN_CONTRAST = 7;
/** The minimal contrast of shapes. */
const MIN_SHAPE_CONTRAST = 4.5;
/** A screen with a smaller shorter side is handheld, and its names may be smaller. */
const HANDHELD_PX = 500;
const ranks: ReadonlyMap<string, number> = new Map(HEALTH_STATES.map((state, index) => [state, index]));

/** Returns every violated rule of a wall's appearance as a sentence. */
export function wallProblems(survey: Survey): string[] {
  return [
    ...sizeProblems(survey),
    ...contrastProblems(survey),
    ...placeProblems(survey),
    ...overlapProblems(survey),
    ...labelProblems(survey),
  ];
}

function isLong(name: string): boolean {
  return [...name].length > LONG_NAME_CHARACTERS;
}

function sizeProblems({ width, height, texts, counts, tiles, statement }: Survey): string[] {
  const isHandheld = Math.min(width, height) < HANDHELD_PX;
  const large = Math.min(MIN_LARGE_CAP_PX, MIN_LARGE_CAP * Math.min(width, height));
  const least = Math.max(MIN_CAP_PX, MIN_CAP * Math.min(width, height));
  const tooSmall = (what: string, capPx: number, minPx: number) =>
    capPx + 0.05 < minPx
      ? [`${what}: capitals of ${capPx.toFixed(1)} px, less than ${minPx.toFixed(1)}`]
      : [];
  return [
    ...counts.flatMap(({ of, capPx }) => tooSmall(`count of ${of}`, capPx, large)),
    ...(statement && width > height
      ? tooSmall(`statement "${statement.title}"`, statement.capPx, large)
      : []),
    ...tiles
      .filter(({ region }) => region === 'Worst planes' && !isHandheld)
      .flatMap(({ name, nameCapPx }) =>
        tooSmall(`worst plane ${name}`, nameCapPx, isLong(name) ? large * NAME_SCALE : large),
      ),
    ...texts.flatMap(({ text, capPx }) => tooSmall(`"${text}"`, capPx, least)),
  ];
}

function contrastProblems({ texts, tiles }: Survey): string[] {
  return [
    ...texts
      .filter(({ contrast }) => contrast < MIN_CONTRAST)
      .map(({ text, contrast }) => `"${text}" has a contrast of ${contrast.toFixed(2)}`),
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
    ...texts.filter(({ ink }) => outside(ink)).map(({ text }) => `"${text}" reaches beyond the screen`),
    ...texts.filter((text) => text.isCut && !text.mayBeCut).map(({ text }) => `"${text}" is cut off`),
    ...parts.filter(outside).map(({ name }) => `${name} reaches beyond the screen`),
  ];
}

function overlapProblems({ texts, parts }: Survey): string[] {
  return [
    ...overlaps(texts.map(({ ink, text, node }) => ({ ...ink, name: `"${text}"`, of: node }))),
    ...overlaps(parts.map((part, index) => ({ ...part, of: index }))),
  ];
}

/** @param boxes boxes with the same `of` may overlap, because a cut line is reported with and without its end */
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

/** Checks that no state is shown by colour alone: each has its own shape and label. */
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
      .map(({ name }) => `${name} doesn't have the label of its state`),
    ...shown
      .filter(({ of, shape }) => shape === '' || shape !== shapes.get(of))
      .map(({ name }) => `${name} doesn't have the shape of its state`),
    ...(new Set(shapes.values()).size === shapes.size ? [] : ['two states have the same shape']),
    ...(controls === 0 ? [] : [`there are ${controls} controls`]),
  ];
}

/** Whether the tiles are sorted worst first, within each heading. */
export function isWorstFirst({ tiles }: Survey): boolean {
  return tiles.every((tile, index) => {
    const before = tiles[index - 1];
    const isFirst = before?.region !== tile.region || before.group !== tile.group;
    return isFirst || rankOf(before.state) <= rankOf(tile.state);
  });
}

/** Planes in maintenance have their own section, where the state doesn't matter. */
function rankOf(state: string): number {
  return ranks.get(state) ?? 0;
}
