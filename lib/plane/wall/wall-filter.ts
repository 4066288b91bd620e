/** What a wall's URL limits it to. An empty list doesn't limit. */
export interface WallFilter {
  readonly roles: readonly string[];
  readonly kinds: readonly string[];
  readonly namespaces: readonly string[];
  /** `key=value`, or `key` for any value. Values of one key are alternatives; different keys must all match. */
  readonly labels: readonly string[];
  readonly health: readonly string[];
}

/** What a wall's tiles are grouped by. */
export type WallGroup = 'role' | 'namespace' | `label:${string}`;

/**
 * Reads the filter from a wall's URL, with a parameter for each value:
 * `?role=data&role=build&kind=DataPlane&namespace=acme&label=env=prod&health=stale`. Keeps unknown values, which match nothing:
 * dropping one would show more than requested.
 */
export function parseWallFilter(parameters: URLSearchParams): WallFilter {
  const all = (name: string) => [...new Set(parameters.getAll(name))].filter((value) => value !== '').sort();
  return {
    roles: all('role'),
    kinds: all('kind'),
    namespaces: all('namespace'),
    labels: all('label'),
    health: all('health'),
  };
}

/** Reads `?group=role`, `namespace` or `label:<key>`. Returns null for anything else, which doesn't group tiles. */
export function parseWallGroup(parameters: URLSearchParams): WallGroup | null {
  const group = parameters.get('group') ?? '';
  if (group === 'role' || group === 'namespace') return group;
  return isLabelGroup(group) ? group : null;
}

/** Returns the label key that a wall is grouped by, or null. */
export function wallGroupLabel(group: WallGroup | null): string | null {
  return group !== null && isLabelGroup(group) ? group.slice('label:'.length) : null;
}

function isLabelGroup(group: string): group is `label:${string}` {
  return group.startsWith('label:') && group.length > 'label:'.length;
}
