/**
 * What is wrong with a URL, as a sentence that says what to type instead; null when nothing is.
 *
 * @param schemes the ones that are possible, without colon: `['https']`; null: any
 */
export function urlProblem(text: string, schemes: readonly string[] | null): string | null {
  const url = text.trim();
  const first = schemes?.includes('https') === false ? (schemes[0] ?? 'https') : 'https';
  if (url === '') return `Enter a URL, such as ${first}://api.example.com.`;
  if (/\s/.test(url)) return 'A URL has no blanks in it.';
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(url)) {
    return `Begin with ${(schemes ?? ['https']).map((scheme) => `${scheme}://`).join(' or ')}, such as ${first}://${example(url)}.`;
  }
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed) return portOf(url) ?? 'This is not a URL: check the host name and the port.';
  const scheme = parsed.protocol.slice(0, -1);
  if (schemes && !schemes.includes(scheme)) {
    return `Begin with ${schemes.map((one) => `${one}://`).join(' or ')} instead of ${scheme}://.`;
  }
  if (parsed.hostname === '') return `Enter a host name after ${scheme}://.`;
  if (parsed.username !== '' || parsed.password !== '')
    return 'Leave out user name and password: a URL is shown to everybody.';
  if (parsed.port === '0') return 'A port is a number from 1 to 65535.';
  return null;
}

/** The API of a parsed URL does not say what was wrong, and the port is what is mistyped most. */
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
