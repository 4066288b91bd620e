/** What a wall's address narrows it to; an empty list narrows nothing. */
export interface WallFilter {
  readonly roles: readonly string[];
  readonly kinds: readonly string[];
  readonly namespaces: readonly string[];
  readonly health: readonly string[];
}

/** What a wall gathers its tiles under. */
export type WallGroup = 'role' | 'namespace' | `label:${string}`;

/**
 * The filter of a wall's address, each name as often as it has values:
 * `?role=data&role=build&kind=DataPlane&namespace=acme&health=stale`.
 * A value that names nothing is kept and matches nothing: to leave it out would show more than was asked for.
 */
export function parseWallFilter(parameters: URLSearchParams): WallFilter {
  const all = (name: string) => [...new Set(parameters.getAll(name))].filter((value) => value !== '').sort();
  return { roles: all('role'), kinds: all('kind'), namespaces: all('namespace'), health: all('health') };
}

/** `?group=role`, `namespace` or `label:<key>`; null for anything else: tiles are not gathered. */
export function parseWallGroup(parameters: URLSearchParams): WallGroup | null {
  const group = parameters.get('group') ?? '';
  if (group === 'role' || group === 'namespace') return group;
  return isLabelGroup(group) ? group : null;
}

/** The label key that a wall is grouped by, or null. */
export function wallGroupLabel(group: WallGroup | null): string | null {
  return group !== null && isLabelGroup(group) ? group.slice('label:'.length) : null;
}

function isLabelGroup(group: string): group is `label:${string}` {
  return group.startsWith('label:') && group.length > 'label:'.length;
}
