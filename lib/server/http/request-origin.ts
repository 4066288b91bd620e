import 'server-only';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestOrigin } from '@/lib/server/log/audit';
import { sourceAddress } from './source-address';

/** Set by the HTTP entry on every request, whatever its sender wrote there. */
const ID_HEADER = 'x-planeboard-request-id';
const SOURCE_HEADER = 'x-planeboard-source';

/** What proxies say about a request, and anyone else could say too. */
const OF_PROXIES = /^(?:x-forwarded-.*|forwarded|x-real-ip)$/;

/**
 * Marks a request with a new id and the address that it came from. Removes what proxies say about it: nothing but the
 * address counts, and only from a trusted proxy. Host and scheme are those of PLANEBOARD_URL.
 *
 * @param isTrusted returns whether an address is that of a trusted proxy
 * @param identity the headers in which a proxy says who a person is. Their proof is checked elsewhere.
 */
export function markOrigin(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  isTrusted: (address: string) => boolean,
  identity: readonly string[],
): void {
  headers[ID_HEADER] = randomUUID();
  const { remoteAddress } = socket;
  const forwardedFor = headers['x-forwarded-for'];
  for (const name of Object.keys(headers))
    if (OF_PROXIES.test(name) && !identity.includes(name)) delete headers[name];
  if (remoteAddress === undefined) delete headers[SOURCE_HEADER];
  else headers[SOURCE_HEADER] = sourceAddress(remoteAddress, [forwardedFor ?? []].flat().join(), isTrusted);
}

/** Returns where a request came from, for the audit log. */
export function originOf(headers: Headers): RequestOrigin {
  return { id: headers.get(ID_HEADER) ?? randomUUID(), source: headers.get(SOURCE_HEADER) };
}
