import { readableQuery } from '@/lib/plane/wall/wall-address';
import { parseWallForm, type WallForm, wallFormParameters } from '@/lib/plane/wall/wall-form';
import { DEFAULT_PREVIEW_SCREEN, isPreviewScreen, type PreviewScreen } from './preview-screens';

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
