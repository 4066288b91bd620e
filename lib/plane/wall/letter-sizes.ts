import { fontForCapPx, type TextFace } from './text-face';

/** A screen's size in CSS pixels. */
export interface Screen {
  readonly width: number;
  readonly height: number;
}

interface CapHeight {
  /** As a fraction of the screen's shorter side: a screen that is turned upright is read from the same distance. */
  readonly share: number;
  readonly minPx: number;
  readonly maxPx: number;
}

/**
 * ISO 9241-303 asks for letters of at least 16 arc minutes: 23 mm at five metres. On a 4K screen of 55 inches, with
 * 0.32 mm a pixel, these are 74 pixels. Larger letters would only take the room of other planes.
 */
const READABLE_CAP_PX = 74;
/** The names of the worst planes. The minimum matters on handheld screens. */
const WORST_NAME: CapHeight = { share: 0.049, minPx: 20, maxPx: READABLE_CAP_PX };
/** All other names, which are read from closer. */
const SMALL_NAME: CapHeight = { share: 0.023, minPx: 11, maxPx: READABLE_CAP_PX / 2 };
/** The smallest text. It has no maximum, so it stays readable in proportion to the screen. */
const LEAST_TEXT: CapHeight = { share: 0.0127, minPx: 8, maxPx: Number.POSITIVE_INFINITY };

/** Returns the font size of the worst planes' names, in pixels. */
export function worstNamePx(screen: Screen, face: TextFace): number {
  return fontForCapPx(capPx(screen, WORST_NAME), face);
}

/** Returns the font size of all other names, in pixels. */
export function smallNamePx(screen: Screen, face: TextFace): number {
  return fontForCapPx(capPx(screen, SMALL_NAME), face);
}

/** Returns the font size of the smallest text, in pixels. */
export function leastTextPx(screen: Screen, face: TextFace): number {
  return fontForCapPx(capPx(screen, LEAST_TEXT), face);
}

/** The upper size of counts, in relation to the worst planes' names. */
const MAX_COUNT_OF_WORST = 1.5;

/** Returns the cap height of counts, in pixels, for a fraction of the screen's shorter side. */
export function countCapPx(screen: Screen, share: number): number {
  return Math.min(READABLE_CAP_PX * MAX_COUNT_OF_WORST, share * Math.min(screen.width, screen.height));
}

function capPx({ width, height }: Screen, { share, minPx, maxPx }: CapHeight): number {
  return Math.min(maxPx, Math.max(minPx, share * Math.min(width, height)));
}
