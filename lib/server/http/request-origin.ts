import 'server-only';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestOrigin } from '@/lib/server/log/audit';

/** Set by the HTTP entry on every request, whatever its sender wrote there. */
const ID_HEADER = 'x-planeboard-request-id';
const SOURCE_HEADER = 'x-planeboard-source';

/** Marks a request with a new id and the address that it came from. */
export function markOrigin({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): void {
  headers[ID_HEADER] = randomUUID();
  const { remoteAddress } = socket;
  if (remoteAddress === undefined) delete headers[SOURCE_HEADER];
  // An IPv4 address of a socket that listens on both.
  else headers[SOURCE_HEADER] = remoteAddress.replace(/^::ffff:/, '');
}

/** Returns where a request came from, for the audit log. */
export function originOf(headers: Headers): RequestOrigin {
  return { id: headers.get(ID_HEADER) ?? randomUUID(), source: headers.get(SOURCE_HEADER) };
}
