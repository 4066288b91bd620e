import type { AttentionState } from '@/lib/plane/health/attention';

interface Mark {
  readonly outline: string;
  /** A mid tone, so that white on it and it on white can both be read, whatever the tab's own ground. */
  readonly colour: string;
  /** Drawn as a ring, as on the pages: what is not known, or not yet. */
  readonly hollow?: true;
  /** Where the middle of a number stands, of 16 units, and how large it may be. */
  readonly numberY?: number;
  readonly numberPx?: number;
}

const DISC = '<circle cx="8" cy="8" r="7"/>';

/** The outlines of the pages' shapes: states differ without colour. */
const MARKS: Readonly<Record<AttentionState, Mark>> = {
  disconnected: { outline: '<path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z"/>', colour: '#c12d2d' },
  stale: { outline: '<rect x="1" y="1" width="14" height="14" rx="2.5"/>', colour: '#9032b4' },
  unknown: {
    outline: '<path d="M8 .9 15.1 8 8 15.1.9 8z"/>',
    colour: '#4c5463',
    hollow: true,
    numberPx: 7.5,
  },
  degraded: { outline: '<path d="M8 .8 15.8 15H.2z"/>', colour: '#95600a', numberY: 10.6, numberPx: 8 },
  pending: { outline: DISC, colour: '#2468b8', hollow: true },
  deleting: {
    outline: '<rect x="1" y="1" width="14" height="14" rx="2.5" stroke-dasharray="3 2"/>',
    colour: '#4a6a78',
    hollow: true,
  },
  unmonitored: {
    outline: '<circle cx="8" cy="8" r="7" stroke-dasharray="2 2"/>',
    colour: '#646c79',
    hollow: true,
  },
  maintenance: {
    outline: '<path d="M8 .9 14.2 4.4v7.2L8 15.1l-6.2-3.5V4.4z"/>',
    colour: '#3c6471',
    hollow: true,
  },
  healthy: { outline: DISC, colour: '#0c7a5a' },
};

const CHECK = '<path d="m4.8 8.3 2.2 2.2 4.2-4.6" fill="none" stroke="#fff" stroke-width="1.9"/>';
/** More digits than two cannot be read in a tab; the title tells them. */
const MOST = 99;

/** Ground and ink of a state's number; in the tests their contrast is measured. */
export function faviconColours(state: AttentionState): { readonly ground: string; readonly ink: string } {
  const { colour, hollow } = MARKS[state];
  return hollow ? { ground: '#ffffff', ink: colour } : { ground: colour, ink: '#ffffff' };
}

/**
 * The icon of a tab as SVG: a state's shape and colour, and how many planes are in it. Healthy ones get a tick.
 *
 * @param count null: nobody knows how many
 */
export function faviconSvg(state: AttentionState, count: number | null): string {
  const { outline, colour, numberY = 8.4, numberPx = 9.5 } = MARKS[state];
  const { ground, ink } = faviconColours(state);
  const text = count === null ? '?' : count > MOST ? '+' : String(count);
  const size = text.length > 1 ? numberPx * 0.84 : numberPx;
  const inside =
    state === 'healthy'
      ? CHECK
      : `<text x="8" y="${numberY}" fill="${ink}" stroke="none" font-family="system-ui,sans-serif" font-weight="800" font-size="${size}" text-anchor="middle" dominant-baseline="central">${text}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><g fill="${ground}" stroke="${colour}" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round">${outline}${inside}</g></svg>`;
}

/** The same as an address, which needs no server: it is wanted most when there is none. */
export function faviconHref(state: AttentionState, count: number | null): string {
  return `data:image/svg+xml,${encodeURIComponent(faviconSvg(state, count))}`;
}
