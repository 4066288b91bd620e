import type { TextFace } from '@/lib/plane/wall/text-face';

const MEASURED_PX = 200;
/** Of all that has to fit: what is lighter is narrower too. */
const WEIGHT = 700;
/** No installation uses more characters than this on one wall; whoever does has them measured again. */
const MAX_CHARACTERS = 1000;

/** The font of an element as this browser draws it; null where nothing can be measured. */
export function measuredFace(element: Element): TextFace | null {
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
