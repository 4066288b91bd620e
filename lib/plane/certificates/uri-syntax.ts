/** Returns the host of a URI, empty if it has none; null for a URI that Go's `url.Parse` rejects. */
export function uriHost(text: string): string | null {
  const [beforeFragment = '', ...fragment] = text.split('#');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Go rejects exactly these
  if (/[\u0000-\u001f\u007f]/.test(beforeFragment)) return null;
  if (fragment.length > 0 && !hasValidEscapes(fragment.join('#'))) return null;
  if (beforeFragment === '*') return '';
  if (beforeFragment.startsWith(':')) return null;
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(beforeFragment)?.[1] ?? '';
  const behindScheme = scheme === '' ? beforeFragment : beforeFragment.slice(scheme.length + 1);
  const [rest = ''] = behindScheme.split('?');
  if (!rest.startsWith('/')) {
    if (scheme !== '') return '';
    // Otherwise it could be taken for a scheme.
    if (rest.split('/')[0]?.includes(':')) return null;
  }
  const hasAuthority = rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'));
  if (!hasAuthority) return hasValidEscapes(rest) ? '' : null;
  const [authority = ''] = rest.slice(2).split('/');
  const host = authorityHost(scheme.toLowerCase(), authority);
  return host !== null && hasValidEscapes(rest.slice(2 + authority.length)) ? host : null;
}

function authorityHost(scheme: string, authority: string): string | null {
  const at = authority.lastIndexOf('@');
  const host = hostOf(scheme, authority.slice(at + 1));
  if (at === -1 || host === null) return host;
  const user = authority.slice(0, at);
  return /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) && hasValidEscapes(user) ? host : null;
}

function hostOf(scheme: string, host: string): string | null {
  const bracketAt = host.lastIndexOf('[');
  if (bracketAt > 0) return null;
  if (bracketAt === 0) return bracketedHost(host);
  const colonAt = host.indexOf(':');
  const portAt = scheme === 'http' || scheme === 'https' ? colonAt : host.lastIndexOf(':');
  if (colonAt !== -1 && !isPort(host.slice(portAt))) return null;
  return unescapedHost(host, false);
}

/** An IPv6 address in brackets, with an optional zone and port. */
function bracketedHost(host: string): string | null {
  const closeAt = host.lastIndexOf(']');
  if (closeAt === -1) return null;
  const port = host.slice(closeAt + 1);
  if (!isPort(port)) return null;
  const inside = host.slice(1, closeAt);
  const zoneAt = inside.indexOf('%25');
  const name = unescapedHost(zoneAt === -1 ? inside : inside.slice(0, zoneAt), false);
  const zone = zoneAt === -1 ? '' : unescapedHost(inside.slice(zoneAt), true);
  if (name === null || zone === null) return null;
  return isIpv6(name + zone) ? `[${name}${zone}]${port}` : null;
}

function isPort(text: string): boolean {
  return /^(?::[0-9]*)?$/.test(text);
}

const HOST_CHARACTER = /[!"$&'()*+,\-.0-9:;<=>A-Z[\]_a-z~]/;

/** @param isZone the zone of an address may escape any character of a host; elsewhere only non-ASCII ones */
function unescapedHost(text: string, isZone: boolean): string | null {
  let result = '';
  for (let at = 0; at < text.length; ) {
    const character = text.charAt(at);
    if (character !== '%') {
      if (!HOST_CHARACTER.test(character) && character < '\u0080') return null;
      result += character;
      at += 1;
      continue;
    }
    const escaped = text.slice(at, at + 3);
    if (!/^%[0-9A-Fa-f]{2}$/.test(escaped)) return null;
    const value = Number.parseInt(escaped.slice(1), 16);
    const decoded = String.fromCharCode(value);
    if (escaped !== '%25') {
      if (isZone ? decoded !== ' ' && !HOST_CHARACTER.test(decoded) : value < 0x80) return null;
    }
    result += decoded;
    at += 3;
  }
  return result;
}

function hasValidEscapes(text: string): boolean {
  return !/%(?![0-9A-Fa-f]{2})/.test(text);
}

/** Returns whether a text is an IP address of either version, without a zone. */
export function isIpAddress(text: string): boolean {
  const first = /[.:%]/.exec(text)?.[0];
  if (first === '.') return isIpv4(text);
  return first === ':' && !text.includes('%') && isIpv6(text);
}

function isIpv4(text: string): boolean {
  const fields = text.split('.');
  return (
    fields.length === 4 && fields.every((field) => /^(?:0|[1-9]\d{0,2})$/.test(field) && Number(field) < 256)
  );
}

/** An address with an optional zone, such as `fe80::1%eth0`. */
function isIpv6(text: string): boolean {
  if (/[.:%]/.exec(text)?.[0] !== ':') return false;
  const zoneAt = text.indexOf('%');
  if (zoneAt !== -1 && zoneAt === text.length - 1) return false;
  const address = zoneAt === -1 ? text : text.slice(0, zoneAt);
  const halves = address.split('::');
  if (halves.length > 2) return false;
  const counts = halves.map((half, index) => fieldCount(half, index === halves.length - 1));
  if (counts.some((count) => count === null)) return false;
  const total = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  return halves.length === 2 ? total <= 7 : total === 8;
}

/** Returns the number of 16-bit fields in part of an address, or null if one is malformed. */
function fieldCount(part: string, isLast: boolean): number | null {
  if (part === '') return 0;
  const fields = part.split(':');
  const last = fields.at(-1) ?? '';
  const hasIpv4 = isLast && last.includes('.');
  const hex = hasIpv4 ? fields.slice(0, -1) : fields;
  if (hasIpv4 && !isIpv4(last)) return null;
  return hex.every((field) => /^[0-9A-Fa-f]{1,4}$/.test(field)) ? hex.length + (hasIpv4 ? 2 : 0) : null;
}
