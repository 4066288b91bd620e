import type { AttentionState } from '@/lib/plane/health/attention';

interface Mark {
  readonly outline: string;
  /** A mid tone: white on it and it on white are both readable, whatever the tab's own background. */
  readonly colour: string;
  /** Drawn as a ring, as on the pages, for unknown and pending states. */
  readonly hollow?: true;
  /** The vertical middle of the number, in units of 16, and its largest size. */
  readonly numberY?: number;
  readonly numberPx?: number;
}

const DISC = '<circle cx="8" cy="8" r="7"/>';

/** The outlines of the pages' shapes, so states differ without colour. */
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
/** More than two digits are unreadable in a tab; the title has the number. */
const MOST = 99;

/** Returns the background and text colour of a state's number; the tests measure their contrast. */
export function faviconColours(state: AttentionState): { readonly ground: string; readonly ink: string } {
  const { colour, hollow } = MARKS[state];
  return hollow ? { ground: '#ffffff', ink: colour } : { ground: colour, ink: '#ffffff' };
}

/**
 * Returns a tab's icon as SVG: a state's shape and colour, and the number of planes in it. Healthy planes get a tick.
 *
 * @param count null if the number is unknown
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

/** Returns the icon as a data URL. It needs no server, because it matters most when the server is away. */
export function faviconHref(state: AttentionState, count: number | null): string {
  return `data:image/svg+xml,${encodeURIComponent(faviconSvg(state, count))}`;
}
