import 'server-only';

/** How the body of an answer is encoded. */
export type ContentEncoding = 'identity' | 'gzip';

/**
 * The header in which a route names the encoding of its body. Next.js drops a route's own `Content-Encoding`, so the
 * HTTP entry renames this one just before the headers are sent.
 */
export const ROUTE_ENCODING_HEADER = 'x-planeboard-content-encoding';

/** Returns the best encoding that a request accepts (RFC 9110, section 12.5.3). */
export function acceptedEncoding(headers: Headers): ContentEncoding {
  const weights = new Map<string, number>();
  for (const part of (headers.get('accept-encoding') ?? '').toLowerCase().split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((text) => text.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    weights.set(coding, weight === undefined ? 1 : Number(weight));
  }
  const weight = weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0;
  return weight > 0 ? 'gzip' : 'identity';
}
