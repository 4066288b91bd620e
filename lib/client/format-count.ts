const format = new Intl.NumberFormat('en');

/** A count as people read it: `10,000`. One locale, so that server and browser write the same. */
export function formatCount(count: number): string {
  return format.format(count);
}
