import type { TextFace } from '@/lib/plane/wall/text-face';

const MEASURED_PX = 200;
/** The boldest weight in use, and that of running text. */
const WEIGHTS = { bold: 700, text: 500 };
/** No wall uses more characters than this; beyond it, they are measured again. */
const MAX_CHARACTERS = 1000;

/** Measures an element's font as this browser draws it; null if the browser can't. */
export function measureFace(element: Element): TextFace | null {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return null;
  const { fontFamily } = getComputedStyle(element);
  const measureAt = (weight: number) => {
    const widths = new Map<string, number>();
    const font = `${weight} ${MEASURED_PX}px ${fontFamily}`;
    return (character: string) => {
      const known = widths.get(character);
      if (known !== undefined) return known;
      if (widths.size >= MAX_CHARACTERS) widths.clear();
      context.font = font;
      const width = context.measureText(character).width / MEASURED_PX;
      widths.set(character, width);
      return width;
    };
  };
  context.font = `${WEIGHTS.bold} ${MEASURED_PX}px ${fontFamily}`;
  return {
    capEm: context.measureText('H').actualBoundingBoxAscent / MEASURED_PX,
    advanceEm: measureAt(WEIGHTS.bold),
    textAdvanceEm: measureAt(WEIGHTS.text),
  };
}

/** Renders the lines of the layout in separate elements, with spaces between them for screen readers. */
export function TextLines({ lines }: { readonly lines: readonly string[] }) {
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its position.
    <span key={index} className="block">
      {line}{' '}
    </span>
  ));
}
