/** A rectangle in pixels of the window. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One line of one text, as it is painted. */
export interface SurveyedText {
  readonly text: string;
  readonly fontPx: number;
  /** Height of a capital in this font, as the browser draws it. */
  readonly capPx: number;
  /** Between the text's colour and the ground it stands on, as WCAG counts it: 1 to 21. */
  readonly contrast: number;
  /** Lines of the same text have the same number. */
  readonly node: number;
  /** Where its letters are. */
  readonly ink: Box;
  /** A box around it hides a part of it. */
  readonly isCut: boolean;
  /** It may be cut at its end: nothing is lost but the rest of a long title or sentence. */
  readonly mayBeCut: boolean;
}

export interface SurveyedTile {
  readonly state: string;
  /** The word of its state, as it is written. */
  readonly label: string;
  readonly shape: string;
  readonly shapeContrast: number;
  /** The lines of its name as they are written, and the height of their capitals. */
  readonly nameLines: readonly string[];
  readonly nameCapPx: number;
  /** The whole name, as a screen reader says it. */
  readonly name: string;
  readonly region: string;
  /** The heading that it stands under; empty where tiles are not gathered. */
  readonly group: string;
}

export interface SurveyedCount {
  readonly of: string;
  readonly count: string;
  readonly label: string;
  readonly capPx: number;
  readonly shape: string;
}

/** What stands on a wall at one moment, measured in the page as it is rendered. */
export interface Survey {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly SurveyedText[];
  readonly tiles: readonly SurveyedTile[];
  readonly counts: readonly SurveyedCount[];
  /** The parts of the wall that stand below each other. */
  readonly parts: readonly (Box & { readonly name: string })[];
  readonly statement: { readonly tone: string; readonly title: string; readonly capPx: number } | null;
  readonly incidentMessages: number;
  readonly pages: number;
  /** Links, buttons and fields, of which a wall has none. */
  readonly controls: number;
  /** Whether the document is larger than the window. */
  readonly scrolls: boolean;
}
