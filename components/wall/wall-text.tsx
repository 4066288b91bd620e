import type { TextFace } from '@/lib/plane/wall/text-face';

const MEASURED_PX = 200;
/** The boldest weight in use; anything lighter is narrower. */
const WEIGHT = 700;
/** No wall uses more characters than this; beyond it, they are measured again. */
const MAX_CHARACTERS = 1000;

/** Measures an element's font as this browser draws it; null if the browser can't. */
export function measureFace(element: Element): TextFace | null {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return null;
  context.font = `${WEIGHT} ${MEASURED_PX}px ${getComputedStyle(element).fontFamily}`;
  const widths = new Map<string, number>();
  return {
    capEm: context.measureText('H').actualBoundingBoxAscent / MEASURED_PX,
    advanceEm: (character) => {
      const known = widths.get(character);
      if (known !== undefined) return known;
      if (widths.size >= MAX_CHARACTERS) widths.clear();
      const width = context.measureText(character).width / MEASURED_PX;
      widths.set(character, width);
      return width;
    },
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
