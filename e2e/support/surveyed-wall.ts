/** A rectangle in pixels of the window. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One painted line of a text. */
export interface SurveyedText {
  readonly text: string;
  readonly fontPx: number;
  /** The height of a capital letter as the browser draws it. */
  readonly capPx: number;
  /** The WCAG contrast between the text and its background, 1 to 21. */
  readonly contrast: number;
  /** A number that the lines of one text share. */
  readonly node: number;
  /** The box of its letters. */
  readonly ink: Box;
  /** Whether a surrounding box hides a part of it. */
  readonly isCut: boolean;
  /** Whether its end may be cut, as in a long title or sentence. */
  readonly mayBeCut: boolean;
}

export interface SurveyedTile {
  readonly state: string;
  /** The displayed label of its state. */
  readonly label: string;
  readonly shape: string;
  readonly shapeContrast: number;
  /** The displayed lines of its name, and the height of their capital letters. */
  readonly nameLines: readonly string[];
  readonly nameCapPx: number;
  /** The full name, as a screen reader reads it. */
  readonly name: string;
  readonly region: string;
  /** The heading above it; empty if tiles aren't grouped. */
  readonly group: string;
}

export interface SurveyedCount {
  readonly of: string;
  readonly count: string;
  readonly label: string;
  readonly capPx: number;
  readonly shape: string;
}

/** The contents of a wall at one moment, measured in the rendered page. */
export interface Survey {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly SurveyedText[];
  readonly tiles: readonly SurveyedTile[];
  readonly counts: readonly SurveyedCount[];
  /** The parts of the wall, which are stacked vertically. */
  readonly parts: readonly (Box & { readonly name: string })[];
  readonly statement: { readonly tone: string; readonly title: string; readonly capPx: number } | null;
  readonly incidentMessages: number;
  readonly pages: number;
  /** The number of links, buttons and fields. A wall has none. */
  readonly controls: number;
  /** Whether the document is larger than the window. */
  readonly scrolls: boolean;
}
