import 'server-only';

const MAX_WARNINGS = 20;
const MAX_CHARACTERS = 500;
/** `299 - "text"`: code, agent, and a quoted text in which quotes and backslashes are escaped. */
const WARNING = /\b\d{3} \S+ "((?:[^"\\]|\\.)*)"/g;

/** The texts of an answer's Warning headers (RFC 7234, of which Kubernetes uses code 299), in their order. */
export function warningTexts(header: string | string[] | undefined): string[] {
  const line = Array.isArray(header) ? header.join(', ') : (header ?? '');
  return [...line.matchAll(WARNING)]
    .slice(0, MAX_WARNINGS)
    .map(([, text = '']) => text.replaceAll(/\\(.)/g, '$1').slice(0, MAX_CHARACTERS));
}
