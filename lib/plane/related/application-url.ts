/** Argo CD's own default; an Application elsewhere is written `<namespace>/<name>`. */
const DEFAULT_NAMESPACE = 'argocd';

/**
 * The page of an Application in Argo CD.
 *
 * @param base what Argo CD says is its own address; anything that is no http(s) URL leads nowhere, since whoever may write
 *   that setting could otherwise put a script behind a link
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
