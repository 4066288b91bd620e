import { type FittedText, fitText } from './fit-text';
import { leastTextPx, type Screen, smallNamePx } from './letter-sizes';
import { type TextFace, widthEm } from './text-face';

/** Which planes a wall shows, in words, and how many others need action. */
export interface ScopeText {
  readonly scope: string | null;
  readonly outside: string | null;
}

/** Both sentences below the wall's bar. */
export interface ScopeLayout {
  readonly scope: FittedText | null;
  readonly outside: FittedText | null;
  /** Between the sentences if they're beside each other, in pixels; null: the second one is below the first. */
  readonly columnGapPx: number | null;
  readonly heightPx: number;
}

const MAX_OF_SMALL_NAME = { scope: 0.75, outside: 1 };
const MIN_OF_SMALL_NAME = 0.6;
const COLUMN_GAP_EM = 1.5;

/**
 * Lays out the sentences, each on one line if that is readable, and beside each other if the screen is wide enough:
 * every line here is one less for planes. Null if there is nothing to say.
 */
export function scopeLayout(
  texts: ScopeText,
  width: number,
  screen: Screen,
  face: TextFace,
): ScopeLayout | null {
  const smallPx = smallNamePx(screen, face);
  const minPx = Math.max(smallPx * MIN_OF_SMALL_NAME, leastTextPx(screen, face));
  const fitted = (name: keyof ScopeText): FittedText | null => {
    const text = texts[name];
    if (text === null) return null;
    const maxPx = Math.max(minPx, smallPx * MAX_OF_SMALL_NAME[name]);
    // One line's height, so the text shrinks before it takes a second line.
    return fitText(text, { width, height: maxPx * 1.3, minPx, maxPx }, face);
  };
  const [scope, outside] = [fitted('scope'), fitted('outside')];
  if (scope === null && outside === null) return null;
  if (scope !== null && outside !== null) {
    const columnGapPx = outside.fontPx * COLUMN_GAP_EM;
    if (lineWidthPx(scope, face) + columnGapPx + lineWidthPx(outside, face) <= width)
      return { scope, outside, columnGapPx, heightPx: Math.max(scope.heightPx, outside.heightPx) };
  }
  return {
    scope,
    outside,
    columnGapPx: null,
    heightPx: (scope?.heightPx ?? 0) + (outside?.heightPx ?? 0),
  };
}

/** Returns the width of a sentence; a sentence of several lines needs all there is. */
function lineWidthPx({ lines, fontPx }: FittedText, face: TextFace): number {
  const [line = '', ...others] = lines;
  return others.length > 0 ? Number.POSITIVE_INFINITY : widthEm(line, face) * fontPx;
}
