'use client';

/**
 * The nonce under which this document lets style elements in. It is asked of the document itself: a page that was come to
 * by a link inside of the console was rendered with a nonce of its own, which this document does not know.
 */
export function pageNonce(): string {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
}
