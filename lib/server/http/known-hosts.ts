import 'server-only';
import type { Config } from '@/lib/server/config/config';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Returns whether the server answers to this Host header. A page of another site can make its own name resolve to
 * 127.0.0.1 and read what a dashboard answers there. Such a name is recognisable: it isn't configured.
 *
 * @param host the header as received, with or without a port; null: none was sent
 */
export function isKnownHost(host: string | null, config: Pick<Config, 'host' | 'publicUrl'>): boolean {
  if (host === null) return false;
  const name = hostName(host);
  if (name === null) return false;
  const known = [...LOOPBACK_NAMES, ...ownNames(config)].map((item) => item.toLowerCase());
  return known.includes(name);
}

/** Wildcard addresses aren't names: a server that listens on all addresses gets its name from PLANEBOARD_URL. */
function ownNames({ host, publicUrl }: Pick<Config, 'host' | 'publicUrl'>): string[] {
  const own = host === '0.0.0.0' || host === '::' ? [] : [host.includes(':') ? `[${host}]` : host];
  return publicUrl ? [...own, publicUrl.hostname] : own;
}

/** Returns the name without the port, in lower case; null when the text isn't a host. */
function hostName(host: string): string | null {
  if (!/^[A-Za-z0-9.:_[\]-]+$/.test(host) || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname;
}
