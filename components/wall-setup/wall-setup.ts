import type { Screen } from '@/lib/plane/wall/letter-sizes';
import { readableQuery } from '@/lib/plane/wall/wall-address';
import { parseWallForm, type WallForm, wallFormParameters } from '@/lib/plane/wall/wall-form';

/** Screens to preview a wall on, by their names in the page's address. */
export const PREVIEW_SCREENS = {
  hd: { label: 'HD, 1280 × 720', width: 1280, height: 720 },
  'full-hd': { label: 'Full HD, 1920 × 1080', width: 1920, height: 1080 },
  '4k': { label: '4K, 3840 × 2160', width: 3840, height: 2160 },
  upright: { label: 'Full HD upright, 1080 × 1920', width: 1080, height: 1920 },
  phone: { label: 'Phone, 390 × 844', width: 390, height: 844 },
} as const satisfies Record<string, Screen & { readonly label: string }>;

export type PreviewScreen = keyof typeof PREVIEW_SCREENS;

const DEFAULT_PREVIEW_SCREEN: PreviewScreen = 'full-hd';

/** Whether a text names a preview screen. */
export function isPreviewScreen(text: string): text is PreviewScreen {
  return Object.hasOwn(PREVIEW_SCREENS, text);
}

/**
 * Returns the scale at which a screen fits into a box; at most 1.
 *
 * @param box in CSS pixels, like the screen
 */
export function previewScale(screen: Screen, box: Screen): number {
  return Math.min(1, box.width / screen.width, box.height / screen.height);
}

/** All choices on the page: the wall, and the screen of its preview. */
export interface WallSetup extends WallForm {
  readonly screen: PreviewScreen;
}

/** Parses the setup of a query: the wall's own parameters, and `screen`. Never fails. */
export function parseWallSetup(params: URLSearchParams): WallSetup {
  const screen = params.get('screen') ?? '';
  return { ...parseWallForm(params), screen: isPreviewScreen(screen) ? screen : DEFAULT_PREVIEW_SCREEN };
}

/** Returns the shortest query for a setup, with its question mark; empty if nothing is chosen. */
export function wallSetupSearch(setup: WallSetup): string {
  const parameters = wallFormParameters(setup);
  if (setup.screen !== DEFAULT_PREVIEW_SCREEN) parameters.set('screen', setup.screen);
  const query = readableQuery(parameters);
  return query === '' ? '' : `?${query}`;
}

/** Adds a value to a list of chosen values or removes it, in the order that addresses use. */
export function toggled(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((item) => item !== value) : [...values, value].sort();
}
