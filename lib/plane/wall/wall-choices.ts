/** The theme of a wall; `auto` follows the screen's local time. */
export type WallTheme =
  | { readonly name: 'light' | 'dark' | 'system' }
  | { readonly name: 'auto'; readonly fromHour: number; readonly toHour: number };

/** The look and the page turning of a wall, as its URL sets them. The filter decides what it shows. */
export interface WallChoices {
  readonly title: string | null;
  readonly theme: WallTheme;
  /** How long each page is shown. */
  readonly pageSeconds: number;
}

const DAY_FROM_HOUR = 7;
const DAY_TO_HOUR = 19;
export const DEFAULT_PAGE_SECONDS = 15;
/** A page must stay long enough to be read, and not so long that it hides the others. */
export const MIN_PAGE_SECONDS = 5;
export const MAX_PAGE_SECONDS = 3600;
/** Longer titles fit neither on a screen nor in a link's name. */
export const MAX_TITLE = 80;

/**
 * Reads `?title=Platform&theme=auto:6-20&seconds=20`. Unreadable values become defaults, so a bad URL never leaves a
 * wall without a page.
 */
export function parseWallChoices(parameters: URLSearchParams): WallChoices {
  const title = (parameters.get('title') ?? '').trim().slice(0, MAX_TITLE);
  const seconds = Number(parameters.get('seconds') ?? '');
  return {
    title: title === '' ? null : title,
    theme: parseWallTheme(parameters.get('theme') ?? ''),
    pageSeconds:
      Number.isFinite(seconds) && seconds > 0
        ? Math.min(MAX_PAGE_SECONDS, Math.max(MIN_PAGE_SECONDS, Math.round(seconds)))
        : DEFAULT_PAGE_SECONDS,
  };
}

/** Parses `light`, `dark`, `system`, `auto` (light from 7 to 19 o'clock) or `auto:6-20`. */
export function parseWallTheme(text: string): WallTheme {
  if (text === 'light' || text === 'dark') return { name: text };
  const hours = /^auto(?::(\d{1,2})-(\d{1,2}))?$/.exec(text);
  if (!hours) return { name: 'system' };
  const [fromHour, toHour] = [Number(hours[1] ?? DAY_FROM_HOUR), Number(hours[2] ?? DAY_TO_HOUR)];
  if (fromHour > 24 || toHour > 24) return { name: 'auto', fromHour: DAY_FROM_HOUR, toHour: DAY_TO_HOUR };
  return { name: 'auto', fromHour, toHour };
}

/** Returns the effective theme at an hour of the day (0 to 23). A day may run past midnight. */
export function themeAtHour(theme: WallTheme, hour: number): 'light' | 'dark' | 'system' {
  if (theme.name !== 'auto') return theme.name;
  const { fromHour, toHour } = theme;
  const isDay = fromHour <= toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
  return isDay ? 'light' : 'dark';
}
