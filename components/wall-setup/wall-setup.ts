import type { Screen } from '@/lib/plane/wall/tile-size';
import { readableQuery } from '@/lib/plane/wall/wall-address';
import { parseWallForm, type WallForm, wallFormParameters } from '@/lib/plane/wall/wall-form';

/** Screens that a wall is looked at on before it hangs there, by the names that the page's address has for them. */
export const PREVIEW_SCREENS = {
  hd: { label: 'HD, 1280 × 720', width: 1280, height: 720 },
  'full-hd': { label: 'Full HD, 1920 × 1080', width: 1920, height: 1080 },
  '4k': { label: '4K, 3840 × 2160', width: 3840, height: 2160 },
  upright: { label: 'Full HD upright, 1080 × 1920', width: 1080, height: 1920 },
  phone: { label: 'Phone, 390 × 844', width: 390, height: 844 },
} as const satisfies Record<string, Screen & { readonly label: string }>;

export type PreviewScreen = keyof typeof PREVIEW_SCREENS;

export const DEFAULT_PREVIEW_SCREEN: PreviewScreen = 'full-hd';

/** Whether a text names one of them. */
export function isPreviewScreen(text: string): text is PreviewScreen {
  return Object.hasOwn(PREVIEW_SCREENS, text);
}

/**
 * How much smaller a screen is drawn, so that it fits into a box. It is never drawn larger than it is.
 *
 * @param box in CSS pixels, as the screen
 */
export function previewScale(screen: Screen, box: Screen): number {
  return Math.min(1, box.width / screen.width, box.height / screen.height);
}

/** All that somebody chose on the page: the wall, and the screen that its preview is drawn for. */
export interface WallSetup extends WallForm {
  readonly screen: PreviewScreen;
}

/** The setup that a query names: the wall's own parameters, and `screen`. Never fails. */
export function parseWallSetup(params: URLSearchParams): WallSetup {
  const screen = params.get('screen') ?? '';
  return { ...parseWallForm(params), screen: isPreviewScreen(screen) ? screen : DEFAULT_PREVIEW_SCREEN };
}

/** The shortest query of a setup, with its question mark; empty where nothing is chosen. */
export function wallSetupSearch(setup: WallSetup): string {
  const parameters = wallFormParameters(setup);
  if (setup.screen !== DEFAULT_PREVIEW_SCREEN) parameters.set('screen', setup.screen);
  const query = readableQuery(parameters);
  return query === '' ? '' : `?${query}`;
}

/** A list of chosen values with one put in or taken out, in the order in which addresses have them. */
export function toggled(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value].sort();
}
