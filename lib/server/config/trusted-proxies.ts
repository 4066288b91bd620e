import 'server-only';
import { isIP } from 'node:net';
import { z } from '@/lib/zod';

/** An address, or a range of addresses: `10.0.0.0/8`. */
export interface AddressRange {
  readonly address: string;
  /** The number of leading bits that all of them have. */
  readonly prefix: number;
}

const BITS = { 4: 32, 6: 128 } as const;

/** Addresses and ranges in CIDR notation, separated by commas. */
export const trustedProxies = z.string().transform((value, context): readonly AddressRange[] => {
  const ranges = value.split(',').map((text) => rangeOf(text.trim()));
  const known = ranges.filter((range) => range !== null);
  if (known.length === ranges.length) return known;
  context.addIssue({
    code: 'custom',
    message: 'must be IP addresses or ranges such as 10.0.0.0/8, separated by commas',
  });
  return z.NEVER;
});

function rangeOf(text: string): AddressRange | null {
  const [address = '', prefixText, ...rest] = text.split('/');
  const family = isIP(address);
  if ((family !== 4 && family !== 6) || rest.length > 0) return null;
  if (prefixText === undefined) return { address, prefix: BITS[family] };
  const isNumber = /^\d{1,3}$/.test(prefixText);
  return isNumber && Number(prefixText) <= BITS[family] ? { address, prefix: Number(prefixText) } : null;
}
