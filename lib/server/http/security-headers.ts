import 'server-only';

/** Set on every answer that passes `proxy.ts`: all but those of the probes, `/healthz` and `/readyz`. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/**
 * Returns the content security policy of a page. Scripts and style elements run only with the nonce of this one
 * answer.
 *
 * No nonce covers `style=` attributes that the server renders (the offsets of the list's virtual rows), so they are
 * allowed. An attribute can load nothing here, because images come from this origin only.
 *
 * @param development React's development build evaluates code, and hot reload adds style elements
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  const styles = development ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`;
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src ${styles}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
