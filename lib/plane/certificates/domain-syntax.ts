/**
 * Returns whether Go takes a text for a domain name. It's lenient on purpose: only empty labels, a final dot and
 * characters outside printable ASCII are refused.
 *
 * @param isConstraint allows a dot at the beginning, which stands for any subdomain
 */
export function isDomain(text: string, isConstraint: boolean): boolean {
  if (text === '') return true;
  const name = isConstraint && text.startsWith('.') ? text.slice(1) : text;
  return !text.endsWith('.') && name.split('.').every((label) => /^[\x21-\x7e]+$/.test(label));
}

/** Returns whether a text is a mailbox, as Go reads RFC 2821: a local part, quoted or not, and a domain. */
export function isMailbox(text: string): boolean {
  const domain = text.startsWith('"') ? behindQuoted(text) : behindAtoms(text);
  return domain?.startsWith('@') === true && (domain === '@' || isDomain(domain.slice(1), false));
}

/** Returns what follows a quoted local part, or null if it's malformed. */
function behindQuoted(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 2821 allows control characters in quotes
  const quoted = /^"(?:\\[\x01-\x09\x0b\x0c\x0e-\x7f]|[\x01-\x08\x0b\x0c\x0e-\x21\x23-\x5b\x5d-\x7f])*"/.exec(
    text,
  );
  return quoted === null ? null : text.slice(quoted[0].length);
}

/** Returns what follows an unquoted local part, or null if it's malformed. */
function behindAtoms(text: string): string | null {
  const [local = ''] = /^(?:\\[\s\S]|[0-9A-Za-z!#$%&'*+\-/=?^_`{|}~.])*/.exec(text) ?? [];
  const plain = local.replace(/\\([\s\S])/g, '$1');
  if (plain === '' || plain.startsWith('.') || plain.endsWith('.') || plain.includes('..')) return null;
  return text.slice(local.length);
}
