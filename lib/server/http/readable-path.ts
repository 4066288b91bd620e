import 'server-only';

/** No page will ever have this path. */
export const NO_PAGE = '/unreadable-address';

/** Returns whether a path has a valid percent-encoding. Next.js fails on any other when a page reads its parameters. */
export function isReadablePath(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
