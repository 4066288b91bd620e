import 'server-only';

/** Returns whether a text can be a header's value: requests can't contain other characters, or not unambiguously. */
export function isHeaderText(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
