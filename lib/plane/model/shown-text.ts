import { withoutSecret } from '@/lib/plane/masking/secret-text';
import { visibleText } from './text';

/** The longest texts that a row carries, in UTF-16 code units. Every reader gets every row. */
export const MAX_DISPLAY_NAME_LENGTH = 200;
export const MAX_DESCRIPTION_LENGTH = 4000;
export const MAX_MESSAGE_LENGTH = 2000;
/** Names, reasons and types. Kubernetes limits most of them to 253 or 316, but not in every old CRD. */
export const MAX_WORD_LENGTH = 320;

/**
 * How far beyond the shown part of a text a secret is searched, so that one that begins in the shown part ends in the
 * searched one. A longer search would cost every list of planes time for nothing.
 */
const SEARCHED_BEYOND = 2048;

/** Cuts a text and marks the cut with an ellipsis. Never splits a character of two code units. */
export function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, maxLength - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/**
 * Prepares a text of a resource for a row: cuts it, masks it if it contains a secret, and removes what isn't visible.
 * Returns undefined if nothing visible is left.
 */
export function shownText(text: string | undefined, maxLength: number): string | undefined {
  const visible = visibleText(text?.slice(0, maxLength + SEARCHED_BEYOND));
  return visible === undefined ? undefined : shownMessage(visible, maxLength);
}

/** Prepares a text of a controller, which may quote a URL with its password, for a row. Keeps an empty text. */
export function shownMessage(message: string, maxLength = MAX_MESSAGE_LENGTH): string {
  return cutText(withoutSecret(message.slice(0, maxLength + SEARCHED_BEYOND)), maxLength);
}
