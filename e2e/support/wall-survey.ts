import type { Page } from '@playwright/test';
import type { Box, Survey, SurveyedText } from './surveyed-wall';

/** Measures the wall in a page after it has been painted in the window's current size. */
export async function surveyWall(page: Page): Promise<Survey> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return page.evaluate(survey);
}

/** Runs in the page, so it contains everything it needs. */
function survey(): Survey {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const main = document.querySelector('main');
  if (!context || !main) throw new Error('No wall to measure.');
  type Colour = readonly [number, number, number];
  const painted = new Map<string, Colour>();

  const boxOf = (element: Element): Box => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  /** Any CSS colour on a background, in sRGB from 0 to 255. */
  const over = (colour: string, ground: Colour): Colour => {
    const key = `${colour} on ${ground.join()}`;
    const known = painted.get(key);
    if (known) return known;
    context.fillStyle = `rgb(${ground.join(' ')})`;
    context.fillRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    painted.set(key, [red, green, blue]);
    return [red, green, blue];
  };
  const groundOf = (element: Element | null): Colour =>
    element === null
      ? [255, 255, 255]
      : over(getComputedStyle(element).backgroundColor, groundOf(element.parentElement));
  const luminance = (colour: Colour) => {
    const [red = 0, green = 0, blue = 0] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrastOf = (colour: string, element: Element) => {
    const ground = groundOf(element);
    const [a, b] = [luminance(over(colour, ground)), luminance(ground)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const fontOf = (element: Element) => {
    const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(element);
    context.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    return Number.parseFloat(fontSize);
  };
  const capOf = (element: Element | null) => {
    if (!element) return 0;
    fontOf(element);
    return context.measureText('H').actualBoundingBoxAscent;
  };
  const clippers = (element: Element | null): Element[] => {
    if (element === null || element === document.body) return [];
    const rest = clippers(element.parentElement);
    return getComputedStyle(element).overflow === 'visible' ? rest : [element, ...rest];
  };

  const textsOf = (node: Text, index: number): SurveyedText[] => {
    const element = node.parentElement;
    const text = node.data.trim();
    if (!element || text === '' || element.closest('.sr-only, script, style')) return [];
    const style = getComputedStyle(element);
    if (style.visibility !== 'visible' || style.display === 'none') return [];
    const fontPx = fontOf(element);
    const { fontBoundingBoxAscent, actualBoundingBoxAscent, actualBoundingBoxDescent } =
      context.measureText(text);
    const range = document.createRange();
    range.selectNodeContents(node);
    const around = clippers(element);
    return [...range.getClientRects()].flatMap((line): SurveyedText[] => {
      if (line.width < 1) return [];
      const baseline = line.top + fontBoundingBoxAscent;
      const ink = {
        left: line.left,
        right: line.right,
        top: baseline - actualBoundingBoxAscent,
        bottom: baseline + actualBoundingBoxDescent,
      };
      const shown = around.map(boxOf).reduce(
        (seen, box) => ({
          left: Math.max(seen.left, box.left),
          right: Math.min(seen.right, box.right),
          top: Math.max(seen.top, box.top),
          bottom: Math.min(seen.bottom, box.bottom),
        }),
        ink,
      );
      // A hidden line below the visible lines of a sentence.
      if (shown.bottom - shown.top < 1 || shown.right - shown.left < 1) return [];
      const isCut =
        shown.top - ink.top > 1 ||
        ink.bottom - shown.bottom > 1 ||
        shown.left - ink.left > 1 ||
        ink.right - shown.right > 1;
      return [
        {
          text,
          fontPx,
          capPx: context.measureText('H').actualBoundingBoxAscent,
          contrast: contrastOf(style.color, element),
          node: index,
          ink: shown,
          isCut,
          mayBeCut:
            style.webkitLineClamp !== 'none' || element.closest('h1, h2, [data-wall-detail]') !== null,
        },
      ];
    });
  };

  const texts: SurveyedText[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node instanceof Text) texts.push(...textsOf(node, texts.length));

  const headingOf = (row: Element | null): string => {
    const before = row?.previousElementSibling ?? null;
    if (before === null) return '';
    return before.tagName === 'H2' ? (before.textContent ?? '') : headingOf(before);
  };
  const contents = [...main.children].at(-1);
  const textOf = (element: Element | null | undefined) => element?.textContent?.trim() ?? '';
  const statement = document.querySelector('[data-wall-statement]');
  const title = statement?.querySelector('p') ?? null;
  return {
    width: innerWidth,
    height: innerHeight,
    texts,
    tiles: [...document.querySelectorAll('[data-wall-tile]')].map((tile) => {
      const shape = tile.querySelector('svg');
      return {
        state: tile.getAttribute('data-wall-tile') ?? '',
        label: textOf(tile.querySelector('b')),
        shape: shape?.innerHTML ?? '',
        shapeContrast: shape ? contrastOf(getComputedStyle(shape).color, tile) : 0,
        nameLines: [...tile.querySelectorAll('[data-wall-name] > *')].map(textOf),
        nameCapPx: capOf(tile.querySelector('[data-wall-name]')),
        name: textOf(tile.querySelector('.sr-only')),
        region: tile.closest('section')?.getAttribute('aria-label') ?? '',
        group: headingOf(tile.closest('ul')),
      };
    }),
    counts: [...document.querySelectorAll('[data-wall-count]')].map((cell) => {
      const [, count, label] = cell.children;
      return {
        of: cell.getAttribute('data-wall-count') ?? '',
        count: textOf(count),
        label: textOf(label),
        capPx: capOf(count ?? null),
        shape: cell.querySelector('svg')?.innerHTML ?? '',
      };
    }),
    parts: [...main.children]
      .flatMap((part) => (part === contents ? [...part.children] : [part]))
      .map((part) => ({
        name: part.getAttribute('aria-label') ?? part.tagName.toLowerCase(),
        ...boxOf(part),
      })),
    statement: statement && {
      tone: statement.getAttribute('data-wall-statement') ?? '',
      title: textOf(title).replaceAll(/\s+/g, ' '),
      capPx: capOf(title),
    },
    incidentMessages: document.querySelectorAll('[data-wall-incident]').length,
    pages: Number(/Page \d+ of (\d+)/.exec(main.textContent ?? '')?.[1] ?? 1),
    controls: document.querySelectorAll(
      'a, button, input, select, textarea, form, [role="button"], [tabindex]',
    ).length,
    scrolls:
      document.documentElement.scrollWidth > innerWidth ||
      document.documentElement.scrollHeight > innerHeight,
  };
}
