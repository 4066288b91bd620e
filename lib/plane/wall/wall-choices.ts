/** How a wall is lit; `auto` by the hours of the screen's own place. */
export type WallTheme =
  | { readonly name: 'light' | 'dark' | 'system' }
  | { readonly name: 'auto'; readonly fromHour: number; readonly toHour: number };

/** How a wall looks and turns, as its address says; what it shows is the filter's matter. */
export interface WallChoices {
  readonly title: string | null;
  readonly theme: WallTheme;
  /** How long each page stands. */
  readonly pageSeconds: number;
}

const DAY_FROM_HOUR = 7;
const DAY_TO_HOUR = 19;
export const DEFAULT_PAGE_SECONDS = 15;
/** A page that is gone before it was read is no page; one that stays for an hour hides the others. */
export const MIN_PAGE_SECONDS = 5;
export const MAX_PAGE_SECONDS = 3600;
/** Longer ones would not stand on a screen, nor in a link's name. */
export const MAX_TITLE = 80;

/**
 * `?title=Platform&theme=auto:6-20&seconds=20`. Whatever cannot be read is the default: a wall is never without a page
 * because of its address.
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

/** `light`, `dark`, `system`, `auto` (light from 7 to 19 o'clock) or `auto:6-20`. */
export function parseWallTheme(text: string): WallTheme {
  if (text === 'light' || text === 'dark') return { name: text };
  const hours = /^auto(?::(\d{1,2})-(\d{1,2}))?$/.exec(text);
  if (!hours) return { name: 'system' };
  const [fromHour, toHour] = [Number(hours[1] ?? DAY_FROM_HOUR), Number(hours[2] ?? DAY_TO_HOUR)];
  if (fromHour > 24 || toHour > 24) return { name: 'auto', fromHour: DAY_FROM_HOUR, toHour: DAY_TO_HOUR };
  return { name: 'auto', fromHour, toHour };
}

/** What a theme means at an hour of the day (0 to 23); a day may run over midnight. */
export function themeAtHour(theme: WallTheme, hour: number): 'light' | 'dark' | 'system' {
  if (theme.name !== 'auto') return theme.name;
  const { fromHour, toHour } = theme;
  const isDay = fromHour <= toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
  return isDay ? 'light' : 'dark';
}
