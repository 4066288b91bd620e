import { isLoopbackName } from '@/lib/plane/model/names';

const MAX_HOST_LENGTH = 253;
const MAX_LABEL_LENGTH = 63;

/**
 * Returns the problem with a host name (RFC 1123) as a sentence that says what to type instead, or null.
 *
 * @param wildcard whether the field accepts names that begin with `*.`
 */
export function hostProblem(text: string, wildcard = false): string | null {
  const host = text.trim();
  if (host === '') return 'Enter a host name, such as api.example.com.';
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(host)?.[0];
  if (scheme)
    return `Remove ${scheme} and enter only the host name, such as ${withoutRest(host.slice(scheme.length))}.`;
  if (host.includes('@')) return 'Remove everything up to the @ and enter only the host name.';
  if (host.includes('/'))
    return `Remove the path and enter only the host name, such as ${withoutRest(host)}.`;
  if (/^\[?[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*\]?$/i.test(host))
    return 'This is an IPv6 address. Enter a host name.';
  if (/:\d*$/.test(host))
    return `Remove the port and enter only the host name, such as ${withoutRest(host)}.`;
  if (/\s/.test(host)) return "A host name can't contain spaces.";
  if (host.length > MAX_HOST_LENGTH)
    return `Use at most ${MAX_HOST_LENGTH} characters; this has ${host.length}.`;
  if (host.includes('*') && !(wildcard && /^\*\.[^*]+$/.test(host))) {
    return "Wildcards (*) aren't allowed here. Enter one host name.";
  }
  const name = host.replace(/^\*\./, '');
  if (/[A-Z]/.test(name)) return `Use only lowercase letters, such as ${name.toLowerCase()}.`;
  if (name.startsWith('.') || name.endsWith('.')) return "Don't start or end a host name with a dot.";
  if (name.includes('..')) return "Don't use two dots in a row.";
  const odd = [...name].find((character) => !/[a-z0-9.-]/.test(character));
  if (odd !== undefined) return `Use only letters, digits, dashes and dots. "${odd}" isn't allowed.`;
  for (const label of name.split('.')) {
    if (label.startsWith('-') || label.endsWith('-')) return `"${label}" can't start or end with a dash.`;
    if (label.length > MAX_LABEL_LENGTH) return `Use at most ${MAX_LABEL_LENGTH} characters between dots.`;
  }
  if (/^[\d.]+$/.test(name) && !isIpv4(name)) return 'Enter a host name or a complete IPv4 address.';
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

/**
 * Returns the problem with a URL as a sentence that says what to type instead, or null.
 *
 * @param schemes the accepted schemes without colon, such as `['https']`; null accepts any
 */
export function urlProblem(text: string, schemes: readonly string[] | null): string | null {
  const url = text.trim();
  const first = schemes?.includes('https') === false ? (schemes[0] ?? 'https') : 'https';
  if (url === '') return `Enter a URL, such as ${first}://api.example.com.`;
  if (/\s/.test(url)) return "A URL can't contain spaces.";
  const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.exec(url)?.[0];
  if (invisible !== undefined) {
    const code = (invisible.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `It contains an invisible character (U+${code}). Remove it.`;
  }
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) {
    return `Start with ${(schemes ?? ['https']).map((scheme) => `${scheme}://`).join(' or ')}, such as ${first}://${example(url)}.`;
  }
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed) return portOf(url) ?? "This isn't a valid URL. Check the host name and the port.";
  const scheme = parsed.protocol.slice(0, -1);
  if (schemes && !schemes.includes(scheme)) {
    return `Start with ${schemes.map((one) => `${one}://`).join(' or ')} instead of ${scheme}://.`;
  }
  // A browser skips further slashes before the host name, but Go doesn't.
  if (parsed.hostname === '' || /^[^:]*:\/\/[/\\]/.test(url)) return `Enter a host name after ${scheme}://.`;
  if (parsed.username !== '' || parsed.password !== '')
    return "Remove the username and password. URLs aren't secret.";
  if (parsed.port === '0') return 'A port is a number from 1 to 65535.';
  return null;
}

/** Checks the port, the part most often mistyped: the URL parser doesn't say what's wrong. */
function portOf(url: string): string | null {
  const port = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*:([^/?#:\]]+)(?=[/?#]|$)/i.exec(url)?.[1];
  if (port === undefined) return null;
  return /^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65535
    ? null
    : 'A port is a number from 1 to 65535.';
}

function example(url: string): string {
  const rest = url.replace(/^[a-z]*:?\/*/i, (start) =>
    start.includes(':') || start.includes('/') ? '' : start,
  );
  return /^[a-z0-9.-]+(:\d+)?(\/\S*)?$/i.test(rest) ? rest : 'api.example.com';
}

/** Names that Docker, Podman and minikube have for the machine that they run on. */
const OWN_MACHINE = /^((host|gateway|kubernetes)\.docker|host\.containers|host\.minikube)\.internal$/;

/** Returns a warning if an API server's URL leads to the machine it's used on, as in a kubeconfig of kind; else null. */
export function localAddressWarning(url: string): string | null {
  if (!URL.canParse(url.trim())) return null;
  const host = new URL(url.trim()).hostname.replace(/^\[|\]$|\.$/g, '');
  const isLocal =
    isLoopbackName(host) || host.endsWith('.localhost') || /^(0\.0\.0\.0|::|::ffff:7f.*)$/.test(host);
  return isLocal || OWN_MACHINE.test(host)
    ? `${host} is the machine itself: in a cluster, the control plane can't reach your machine by this address. Enter one that it can reach.`
    : null;
}
