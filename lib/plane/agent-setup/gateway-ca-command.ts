import { shellQuote } from '@/lib/plane/model/shell-commands';

const TLS_PORT = '443';

/**
 * Returns the command that checks a CA file against the endpoint that ends TLS before the gateway.
 *
 * @param url the address that the agent connects to, or null if it isn't known yet
 */
export function endpointCaCommand(file: string, url: string | null): string {
  const { hostname, port } = new URL(url ?? 'wss://gateway.invalid');
  const host = url === null ? '<gateway-host>' : hostname;
  const name = shellQuote(host.replace(/^\[(.*)\]$/, '$1'));
  return `openssl s_client -connect ${shellQuote(`${host}:${port || TLS_PORT}`)} -servername ${name} \\\n  -CAfile ${file} -verify_return_error </dev/null`;
}

const BLOCK = /-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\s]+?)-----END CERTIFICATE-----/g;

/**
 * Returns only the certificates of a PEM text, each in lines of 64 characters, or null if there are none. No line may
 * end the here-document early, so only base64 is let through.
 */
export function certificatesOnly(pem: string): string | null {
  const blocks = [...pem.matchAll(BLOCK)].flatMap(([, body]) => {
    const lines = body?.replace(/\s/g, '').match(/.{1,64}/g);
    return lines ? [`-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`] : [];
  });
  return blocks.length === 0 ? null : blocks.join('');
}
