/** The methods of a plane's API route and of each of its parts. */
export const PLANE_METHODS = {
  itself: 'GET, HEAD, PATCH, DELETE',
  refresh: 'POST',
  annotations: 'GET, HEAD',
  related: 'GET, HEAD',
  events: 'GET, HEAD',
  history: 'GET, HEAD',
  credentials: 'POST',
  replacements: 'GET, HEAD, POST',
} as const;
