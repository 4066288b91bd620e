const MAX_HOST_LENGTH = 253;
const MAX_LABEL_LENGTH = 63;

/**
 * What is wrong with a host name (RFC 1123), as a sentence that says what to type instead; null when nothing is.
 *
 * @param wildcard whether the field takes names that begin with `*.`
 */
export function hostProblem(text: string, wildcard = false): string | null {
  const host = text.trim();
  if (host === '') return 'Enter a host name, such as api.example.com.';
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(host)?.[0];
  if (scheme)
    return `Leave out ${scheme} : a host name alone is meant, such as ${withoutRest(host.slice(scheme.length))}.`;
  if (host.includes('@')) return 'Leave out everything up to the @: a host name alone is meant.';
  if (host.includes('/'))
    return `Leave out the path: a host name alone is meant, such as ${withoutRest(host)}.`;
  if (/^\[?[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*\]?$/i.test(host))
    return 'This is an IPv6 address; a host name is meant here.';
  if (/:\d*$/.test(host))
    return `Leave out the port: a host name alone is meant, such as ${withoutRest(host)}.`;
  if (/\s/.test(host)) return 'A host name has no blanks in it.';
  if (host.length > MAX_HOST_LENGTH)
    return `A host name has at most ${MAX_HOST_LENGTH} characters; these are ${host.length}.`;
  if (host.includes('*') && !(wildcard && /^\*\.[^*]+$/.test(host))) {
    return 'A wildcard (*) is not possible here; enter one host name.';
  }
  const name = host.replace(/^\*\./, '');
  if (/[A-Z]/.test(name)) return `Write host names in lower case: ${name.toLowerCase()}.`;
  if (name.startsWith('.') || name.endsWith('.')) return 'A host name neither begins nor ends with a dot.';
  if (name.includes('..')) return 'Two dots must not follow each other.';
  const odd = [...name].find((character) => !/[a-z0-9.-]/.test(character));
  if (odd !== undefined)
    return `A host name has only letters, digits, dashes and dots: “${odd}” is not allowed.`;
  for (const label of name.split('.')) {
    if (label.startsWith('-') || label.endsWith('-')) return `“${label}” must not begin or end with a dash.`;
    if (label.length > MAX_LABEL_LENGTH)
      return `A part between dots has at most ${MAX_LABEL_LENGTH} characters.`;
  }
  if (/^[\d.]+$/.test(name) && !isIpv4(name))
    return 'This is neither a host name nor a complete IPv4 address.';
  return null;
}

function withoutRest(host: string): string {
  const name = host.replace(/^[^@/]*@/, '').replace(/[/:?#].*$/, '');
  return name === '' ? 'api.example.com' : name;
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}
