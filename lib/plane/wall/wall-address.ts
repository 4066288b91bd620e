import { DEFAULT_PAGE_SECONDS, parseWallChoices, type WallChoices, type WallTheme } from './wall-choices';
import { parseWallFilter, parseWallGroup, type WallFilter, type WallGroup } from './wall-filter';

/** Everything in a wall's URL: which planes it shows, how they are grouped, and how it looks. */
export interface WallAddress {
  readonly filter: WallFilter;
  readonly group: WallGroup | null;
  readonly choices: WallChoices;
}

/** The limits of a wall, whatever its URL says. An empty list doesn't limit. */
export type WallLimitLists = Pick<WallFilter, 'kinds' | 'roles' | 'namespaces'>;

export function parseWallAddress(parameters: URLSearchParams): WallAddress {
  return {
    filter: parseWallFilter(parameters),
    group: parseWallGroup(parameters),
    choices: parseWallChoices(parameters),
  };
}

/**
 * Returns the shortest query of a wall's URL, without its question mark; empty if everything is default. The inverse
 * of `parseWallAddress`.
 */
export function wallQuery({ filter, group, choices }: WallAddress): string {
  const { title, theme, pageSeconds } = choices;
  const parameters = filterParameters(filter);
  if (group !== null) parameters.set('group', group);
  if (title !== null) parameters.set('title', title);
  if (theme.name !== 'system') parameters.set('theme', wallThemeText(theme));
  if (pageSeconds !== DEFAULT_PAGE_SECONDS) parameters.set('seconds', String(pageSeconds));
  return readableQuery(parameters);
}

/** Returns the parameters of a filter alone. Walls with the same filter show the same planes. */
export function filterParameters({ roles, kinds, namespaces, labels, health }: WallFilter): URLSearchParams {
  const lists = { role: roles, kind: kinds, namespace: namespaces, label: labels, health };
  return new URLSearchParams(
    Object.entries(lists).flatMap(([name, values]) => values.map((value) => [name, value])),
  );
}

/** Formats a theme for `parseWallTheme`: `light`, `dark`, `system` or `auto:6-20`. */
export function wallThemeText(theme: WallTheme): string {
  return theme.name === 'auto' ? `auto:${theme.fromHour}-${theme.toHour}` : theme.name;
}

/**
 * Returns the limits of a link to this wall. States and labels aren't limits: planes change their states, and everyone who may
 * edit a plane changes its labels.
 */
export function limitsOf({ filter: { kinds, roles, namespaces } }: WallAddress): WallLimitLists {
  return { kinds, roles, namespaces };
}

/** Returns the address for a link whose limits are stored separately, so only the choices remain. */
function withoutLimits(address: WallAddress): WallAddress {
  return { ...address, filter: { ...address.filter, kinds: [], roles: [], namespaces: [] } };
}

/**
 * Returns the wall's full URL, for a screen that is already admitted.
 *
 * @param origin such as `https://planeboard.example.com`
 */
export function wallUrl(origin: string, address: WallAddress): string {
  const query = wallQuery(address);
  return `${origin}/wall${query === '' ? '' : `?${query}`}`;
}

/** Returns the link that admits a screen. It contains the token, so everyone who has it sees the wall. */
export function enterUrl(origin: string, token: string, address: WallAddress): string {
  const query = wallQuery(withoutLimits(address));
  return `${origin}/wall/enter?token=${encodeURIComponent(token)}${query === '' ? '' : `&${query}`}`;
}

/** Formats a query. Slashes, colons and further equals signs are legal there and keep the URL readable. */
export function readableQuery(parameters: URLSearchParams): string {
  return parameters.toString().replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%3D', '=');
}
