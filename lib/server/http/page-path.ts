import 'server-only';

/** The path and search of a page's request, which Next doesn't tell pages. `proxy.ts` sets it on every request. */
export const PATH_HEADER = 'x-planeboard-path';
