import 'server-only';

export const READ_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);
const ALL_METHODS: ReadonlySet<string> = new Set([...READ_METHODS, 'POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Returns the methods that a path can have; each route decides which of them it has. Nothing of the wall can be
 * written.
 */
export function methodsOf(path: string): ReadonlySet<string> {
  return isOfWall(path) ? READ_METHODS : ALL_METHODS;
}

/** The wall's cookie is accepted only on the wall's own paths. */
export function isOfWall(path: string): boolean {
  return path === '/wall' || path.startsWith('/wall/');
}
