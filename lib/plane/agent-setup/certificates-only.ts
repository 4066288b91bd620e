const BLOCK = /-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\s]+?)-----END CERTIFICATE-----/g;

/**
 * The certificates of a PEM text and nothing else of it, each in lines of 64 characters; null when there is none. What
 * goes into a here-document must not hold a line that ends it, so nothing but base64 is let through.
 */
export function certificatesOnly(pem: string): string | null {
  const blocks = [...pem.matchAll(BLOCK)].flatMap(([, body]) => {
    const lines = body?.replace(/\s/g, '').match(/.{1,64}/g);
    return lines ? [`-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`] : [];
  });
  return blocks.length === 0 ? null : blocks.join('');
}
