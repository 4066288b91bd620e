'use client';

import { useEffect } from 'react';
import { PageTitle } from './page-title';

/** What a browser's tab says while another one is looked at. */
export interface DocumentHeadline {
  /** Stands before the page's own title. */
  readonly words: string;
  /** Address of the icon; null: the product's own. */
  readonly iconHref: string | null;
}

const ICONS = 'link[rel~="icon"]';

/**
 * Puts a headline on the document: before its title, and as its icon. Null: nothing is known, and both are the page's
 * own. Whenever Next writes a page's title or icon, the headline is put back on it.
 */
export function useDocumentHeadline(headline: DocumentHeadline | null): void {
  const words = headline?.words ?? null;
  const iconHref = headline?.iconHref ?? null;
  useEffect(() => {
    const title = new PageTitle(document.title);
    const icon = ownIconHref();
    const write = (text: string) => {
      writeTitle(text);
      for (const link of document.head.querySelectorAll<HTMLLinkElement>(ICONS)) {
        const href = iconHref ?? icon;
        if (href !== null && link.getAttribute('href') !== href) link.setAttribute('href', href);
      }
    };
    write(title.say(words));
    const observer = new MutationObserver(() => write(title.found(document.title)));
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      writeTitle(title.say(null));
    };
  }, [words, iconHref]);
}

/** A title that is empty is being exchanged: one of our own would be a second one beside the page's. */
function writeTitle(text: string): void {
  if (text !== '' && document.title !== text) document.title = text;
}

/** The icon that the server wrote, kept on the link for the time when no headline is known. */
function ownIconHref(): string | null {
  const link = document.head.querySelector<HTMLLinkElement>(ICONS);
  if (!link) return null;
  link.dataset.ownHref ??= link.getAttribute('href') ?? '';
  return link.dataset.ownHref;
}
