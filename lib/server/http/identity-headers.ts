import 'server-only';
import type { IncomingMessage } from 'node:http';
import type { ProxyConfig } from '@/lib/server/config/proxy-config';

/** The header in which the proxy sends its secret. */
export const PROXY_SECRET_HEADER = 'x-planeboard-proxy-secret';
/** Set by the HTTP entry on requests whose identity can't be trusted, whatever their sender wrote there. */
export const IDENTITY_FAULT_HEADER = 'x-planeboard-identity-fault';

/** Returns the names of all headers that say who a person is, or prove it. */
export function identityHeaders({ proof, userHeader, groupsHeader }: ProxyConfig): readonly string[] {
  return proof.kind === 'secret' ? [PROXY_SECRET_HEADER, userHeader, groupsHeader] : [proof.header];
}

/**
 * Removes what says who a person is from a request that says it twice, or in a spelling that a program on the way may
 * have read as the same header (`X_Forwarded_User`): the sender may have added one of them. A mark is left instead. Node
 * joins equal headers, so this can be seen only before.
 */
export function removeAmbiguousIdentity(
  { headers, rawHeaders }: Pick<IncomingMessage, 'headers' | 'rawHeaders'>,
  proxy: ProxyConfig | null,
): void {
  delete headers[IDENTITY_FAULT_HEADER];
  if (!proxy) return;
  const watched = identityHeaders(proxy);
  const received = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  const fault = faultOf(received, new Set(watched));
  if (fault === null) return;
  for (const name of watched) delete headers[name];
  headers[IDENTITY_FAULT_HEADER] = fault;
}

function faultOf(received: readonly string[], watched: ReadonlySet<string>): string | null {
  const seen = new Set<string>();
  for (const name of received) {
    const meant = name.replaceAll('_', '-');
    if (!watched.has(meant)) continue;
    if (name !== meant) return 'other-spelling';
    if (seen.has(name)) return 'repeated-header';
    seen.add(name);
  }
  return null;
}
