import type { MouseEvent } from 'react';

const SIZE = 'popup,width=520,height=720';
const NAME = 'planeboard-sign-in';

/**
 * Opens a link to the identity provider in a window of its own, so that the page keeps what was typed. If the browser
 * blocks that, the link itself opens, in a new tab.
 */
export function openProviderWindow(event: MouseEvent<HTMLAnchorElement>): void {
  if (window.open(event.currentTarget.href, NAME, SIZE) !== null) event.preventDefault();
}
