import { withoutSecret } from '@/lib/plane/masking/secret-text';
import { RUNBOOK_URL_ANNOTATION } from './annotations';
import { visibleText } from './text';

/** The longest address in a row, in UTF-16 code units. A cut address would lead elsewhere, so longer ones are ignored. */
export const MAX_RUNBOOK_URL_LENGTH = 2000;

/** The address of a plane's runbook, or why it isn't used. */
export interface ReadRunbook {
  readonly runbookUrl?: string;
  /** A sentence about an address that is ignored. */
  readonly problem?: string;
}

/**
 * Returns the problem with the address of a runbook as a sentence, or null. Everyone who sees the plane can follow the
 * link, so it must be http or https (a script would run as its reader) and contain no credentials.
 */
export function runbookUrlProblem(text: string): string | null {
  const address = text.trim();
  if (address === '') return null;
  if (address.length > MAX_RUNBOOK_URL_LENGTH)
    return `Use at most ${MAX_RUNBOOK_URL_LENGTH} characters; this has ${address.length}.`;
  const url = httpUrl(address);
  if (url === null) return 'Enter an address that begins with https:// or http://.';
  if (url.username !== '' || url.password !== '' || withoutSecret(address) !== address)
    return 'Leave out user names, passwords and tokens: everyone who sees the plane sees this address.';
  return null;
}

/** Reads the runbook from a plane's annotations. Ignores an address that no one may be led to. */
export function readRunbook(annotations: Readonly<Record<string, string>>): ReadRunbook {
  const given = annotations[RUNBOOK_URL_ANNOTATION];
  const text = visibleText(given?.slice(0, MAX_RUNBOOK_URL_LENGTH + 1))?.trim() ?? '';
  if (text === '') return {};
  return runbookUrlProblem(text) === null
    ? { runbookUrl: text }
    : {
        problem: `${RUNBOOK_URL_ANNOTATION} isn't an http or https address without credentials, so it isn't linked.`,
      };
}

/** The slashes are required: browsers read `https:example` as an address too, but people don't. */
function httpUrl(address: string): URL | null {
  return /^https?:\/\/[^\s\\]+$/i.test(address) && URL.canParse(address) ? new URL(address) : null;
}
