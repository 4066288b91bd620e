import { DEFAULT_PAGE_SECONDS, parseWallChoices, type WallChoices, type WallTheme } from './wall-choices';
import { parseWallFilter, parseWallGroup, type WallFilter, type WallGroup } from './wall-filter';

/** All that a wall's address says: which planes it shows, gathered by what, and how it looks. */
export interface WallAddress {
  readonly filter: WallFilter;
  readonly group: WallGroup | null;
  readonly choices: WallChoices;
}

/** What a wall is limited to, whatever its address says; an empty list limits nothing. */
export type WallLimitLists = Pick<WallFilter, 'kinds' | 'roles' | 'namespaces'>;

export function parseWallAddress(parameters: URLSearchParams): WallAddress {
  return {
    filter: parseWallFilter(parameters),
    group: parseWallGroup(parameters),
    choices: parseWallChoices(parameters),
  };
}

/**
 * The shortest query of a wall's address, without its question mark; empty when all is as without any. The inverse of
 * `parseWallAddress`.
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

/** A filter alone: walls with the same one show the same planes. */
export function filterParameters({ roles, kinds, namespaces, health }: WallFilter): URLSearchParams {
  const lists = { role: roles, kind: kinds, namespace: namespaces, health };
  return new URLSearchParams(
    Object.entries(lists).flatMap(([name, values]) => values.map((value) => [name, value])),
  );
}

/** `light`, `dark`, `system` or `auto:6-20`, as `parseWallTheme` reads it. */
export function wallThemeText(theme: WallTheme): string {
  return theme.name === 'auto' ? `auto:${theme.fromHour}-${theme.toHour}` : theme.name;
}

/** What a link to this wall is limited to. Its states are no limit: those change. */
export function limitsOf({ filter: { kinds, roles, namespaces } }: WallAddress): WallLimitLists {
  return { kinds, roles, namespaces };
}

/** The address of a link that holds what the limits hold already: the rest are choices. */
export function withoutLimits(address: WallAddress): WallAddress {
  return { ...address, filter: { ...address.filter, kinds: [], roles: [], namespaces: [] } };
}

/**
 * The wall's whole address, for a screen that is let in already.
 *
 * @param origin such as `https://planeboard.example.com`
 */
export function wallUrl(origin: string, address: WallAddress): string {
  const query = wallQuery(address);
  return `${origin}/wall${query === '' ? '' : `?${query}`}`;
}

/** The link that lets a screen in. It holds the token, so whoever has it sees the wall. */
export function enterUrl(origin: string, token: string, address: WallAddress): string {
  const query = wallQuery(withoutLimits(address));
  return `${origin}/wall/enter?token=${encodeURIComponent(token)}${query === '' ? '' : `&${query}`}`;
}

/** Slashes and colons are legal in a query, and an address with them can be read. */
export function readableQuery(parameters: URLSearchParams): string {
  return parameters.toString().replaceAll('%2F', '/').replaceAll('%3A', ':');
}
