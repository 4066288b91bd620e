import 'server-only';
import { BlockList, isIP } from 'node:net';
import type { AddressRange } from '@/lib/server/config/trusted-proxies';

/** Returns whether an address is in one of the ranges. */
export function inRanges(ranges: readonly AddressRange[]): (address: string) => boolean {
  const list = new BlockList();
  for (const { address, prefix } of ranges) list.addSubnet(address, prefix, familyOf(address));
  return (address) => isIP(address) !== 0 && list.check(address, familyOf(address));
}

/**
 * Returns the address that a request came from: that of its peer or, if the peer is a trusted proxy, the last address
 * that the proxies before it report and that isn't trusted itself. Anyone can send the header, so what stands further
 * left proves nothing.
 *
 * @param peer the address at the other end of the connection
 * @param forwardedFor the header X-Forwarded-For
 */
export function sourceAddress(
  peer: string,
  forwardedFor: string | undefined,
  isTrusted: (address: string) => boolean,
): string {
  let source = plainAddress(peer);
  for (const entry of (forwardedFor ?? '').split(',').reverse()) {
    if (!isTrusted(source)) return source;
    const address = plainAddress(entry);
    // A proxy that doesn't say where a request came from is the best that is known.
    if (isIP(address) === 0) return source;
    source = address;
  }
  return source;
}

/** Returns an address without its port, brackets, and the form that IPv4 has on a socket that listens on both. */
function plainAddress(text: string): string {
  const trimmed = text.trim();
  const bare = /^\[(.+)\](?::\d+)?$/.exec(trimmed)?.[1] ?? trimmed.replace(/^([\d.]+):\d+$/, '$1');
  return bare.replace(/^::ffff:(?=[\d.]+$)/i, '');
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
