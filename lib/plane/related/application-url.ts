/** Argo CD's own default. An Application elsewhere is written `<namespace>/<name>`. */
const DEFAULT_NAMESPACE = 'argocd';

/**
 * Returns the URL of an Application's page in Argo CD.
 *
 * @param base Argo CD's own address as it reports it; anything but an http(s) URL is rejected, because anyone who
 *   can write that setting could otherwise link to a script
 * @param application `shop-planes` or `team-a/shop-planes`
 */
export function applicationUrl(base: unknown, application: string): string | null {
  if (typeof base !== 'string' || !URL.canParse(base)) return null;
  const url = new URL(base);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const [first = '', second] = application.split('/');
  const segments = second === undefined ? [DEFAULT_NAMESPACE, first] : [first, second];
  const folder = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  return `${url.origin}${folder}applications/${segments.map(encodeURIComponent).join('/')}`;
}
