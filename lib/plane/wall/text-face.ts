/** A font as the layout needs to know it. Lengths are in em: parts of the font's size. */
export interface TextFace {
  /** Height of capitals and digits above the baseline. */
  readonly capEm: number;
  /** How far one character moves the pen. */
  readonly advanceEm: (character: string) => number;
}

/** Width of a text in em. Kerning is left out, which only ever makes a text a little narrower. */
export function widthEm(text: string, face: TextFace): number {
  let width = 0;
  for (const character of text) width += face.advanceEm(character);
  return width;
}

/** The font size, in pixels, whose capitals have a height. */
export function fontForCapPx(capPx: number, face: TextFace): number {
  return capPx / face.capEm;
}
