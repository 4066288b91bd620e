/** A font as the layout uses it. Lengths are in em. */
export interface TextFace {
  /** The height of capitals and digits above the baseline. */
  readonly capEm: number;
  /** The advance width of a character. */
  readonly advanceEm: (character: string) => number;
  /** The same at the lighter weight of running text. Without it, running text is taken to be as wide as bold text. */
  readonly textAdvanceEm?: (character: string) => number;
}

/** Returns the same font at the weight of running text. */
export function textFaceOf(face: TextFace): TextFace {
  return { capEm: face.capEm, advanceEm: face.textAdvanceEm ?? face.advanceEm };
}

/** Returns the width of a text in em. Ignores kerning, which only makes a text slightly narrower. */
export function widthEm(text: string, face: TextFace): number {
  let width = 0;
  for (const character of text) width += face.advanceEm(character);
  return width;
}

/** Returns the font size, in pixels, for a cap height. */
export function fontForCapPx(capPx: number, face: TextFace): number {
  return capPx / face.capEm;
}
