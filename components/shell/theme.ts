/** The themes to choose from; `system` follows the device. */
export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_LABELS: Record<Theme, string> = { light: 'Light', dark: 'Dark', system: 'System' };

/** The cookie that stores the choice, so the server can set the class before the first paint. */
export const THEME_COOKIE = 'planeboard-theme';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Returns the theme that a cookie's value names; any other value means `system`. */
export function parseTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system';
}

/** Returns the class for `<html>`; none for `system`, where the device's preference decides. */
export function themeClass(theme: Theme): string | undefined {
  return theme === 'system' ? undefined : theme;
}

/** Shows a theme in this document at once. */
export function applyTheme(theme: Theme): void {
  const { classList } = document.documentElement;
  classList.remove('light', 'dark');
  const name = themeClass(theme);
  if (name) classList.add(name);
}

/** Stores the choice for a year, for the next page that the server renders. */
export function rememberTheme(theme: Theme): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing outside secure contexts.
  document.cookie = `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
}
