import 'server-only';

export const READ_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);
const ALL_METHODS: ReadonlySet<string> = new Set([...READ_METHODS, 'POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * The only path that takes a plain form: a screen that was sent to a wall link by another page shows a button, and may
 * have no script running.
 */
export const FORM_PATH = '/wall/enter';
const FORM_METHODS: ReadonlySet<string> = new Set([...READ_METHODS, 'POST']);

/**
 * Returns the methods that a path can have; each route decides which of them it has. Nothing of the wall can be
 * written; a form only sets the screen's own cookie.
 */
export function methodsOf(path: string): ReadonlySet<string> {
  if (path === FORM_PATH) return FORM_METHODS;
  return isOfWall(path) ? READ_METHODS : ALL_METHODS;
}

/** The wall's cookie is accepted only on the wall's own paths. */
export function isOfWall(path: string): boolean {
  return path === '/wall' || path.startsWith('/wall/');
}
