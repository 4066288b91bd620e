import 'server-only';
import { BlockList, isIP } from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Returns the proxy that the environment names for a server, as Go and thereby kubectl read it: HTTPS_PROXY or
 * HTTP_PROXY by the server's scheme, and NO_PROXY for exceptions. Loopback addresses are never reached through a
 * proxy.
 *
 * @param serverUrl valid
 */
export function environmentProxy(serverUrl: string, env: Environment): string | undefined {
  const url = new URL(serverUrl);
  const proxy =
    url.protocol === 'https:' ? env.HTTPS_PROXY || env.https_proxy : env.HTTP_PROXY || env.http_proxy;
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (!proxy || isLoopback(host)) return undefined;
  const exceptions = (env.NO_PROXY || env.no_proxy || '').split(',').map((item) => item.trim().toLowerCase());
  if (exceptions.some((exception) => isException(exception, host, port))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Returns whether one item of NO_PROXY matches: `*`, an address, a range, a domain or a domain with a port. */
function isException(exception: string, host: string, port: string): boolean {
  if (exception === '') return false;
  if (exception === '*') return true;
  if (exception.includes('/')) return isInRange(exception, host);
  const [, name = exception, exceptPort] =
    isIP(exception) === 6 ? [] : (/^\[?(.*?)\]?(?::(\d+))?$/.exec(exception) ?? []);
  if (exceptPort !== undefined && exceptPort !== port) return false;
  if (isIP(name) !== 0) return isSameAddress(name, host);
  if (name.startsWith('*.')) return host.endsWith(name.slice(1));
  return name.startsWith('.') ? host.endsWith(name) : host === name || host.endsWith(`.${name}`);
}

/** IPv6 addresses have several spellings. */
function isSameAddress(address: string, host: string): boolean {
  return isInRange(`${address}/${isIP(address) === 4 ? 32 : 128}`, host);
}

function isInRange(range: string, host: string): boolean {
  const family = isIP(host) === 4 ? 'ipv4' : 'ipv6';
  const [network = '', bits = ''] = range.split('/');
  if (isIP(host) === 0 || isIP(network) !== isIP(host) || !/^\d+$/.test(bits)) return false;
  try {
    const list = new BlockList();
    list.addSubnet(network, Number(bits), family);
    return list.check(host, family);
  } catch {
    return false;
  }
}
