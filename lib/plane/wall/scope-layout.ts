import { type FittedText, fitText } from './fit-text';
import { fontForCapPx, type TextFace } from './text-face';
import { type Screen, smallNamePx } from './tile-size';

/** Which planes a wall shows, in words, and how many others need action. */
export interface ScopeText {
  readonly scope: string | null;
  readonly outside: string | null;
}

/** Both sentences below the wall's bar. */
export interface ScopeLayout {
  readonly scope: FittedText | null;
  readonly outside: FittedText | null;
  readonly heightPx: number;
}

const MAX_OF_SMALL_NAME = { scope: 0.75, outside: 1 };
const MIN_OF_SMALL_NAME = 0.6;
const MIN_CAP_PX = 8;

/** Lays out the sentences, each on one line if that is readable; null if there is nothing to say. */
export function scopeLayout(
  texts: ScopeText,
  width: number,
  screen: Screen,
  face: TextFace,
): ScopeLayout | null {
  const smallPx = smallNamePx(screen, face);
  const minPx = Math.max(smallPx * MIN_OF_SMALL_NAME, fontForCapPx(MIN_CAP_PX, face));
  const fitted = (name: keyof ScopeText): FittedText | null => {
    const text = texts[name];
    if (text === null) return null;
    const maxPx = Math.max(minPx, smallPx * MAX_OF_SMALL_NAME[name]);
    // One line's height, so the text shrinks before it takes a second line.
    return fitText(text, { width, height: maxPx * 1.3, minPx, maxPx }, face);
  };
  const [scope, outside] = [fitted('scope'), fitted('outside')];
  if (scope === null && outside === null) return null;
  return { scope, outside, heightPx: (scope?.heightPx ?? 0) + (outside?.heightPx ?? 0) };
}
