'use client';

import { useEffect } from 'react';

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

const BETWEEN = ' · ';

/**
 * A page's own title with a headline before it. Next writes the page's title whenever another page is shown; what it
 * writes is told from what stands there because of us by being something else.
 */
export class PageTitle {
  private own: string;
  private shown: string;
  private words: string | null = null;

  /** @param title the title as the page has it now, without a headline */
  constructor(title: string) {
    this.own = title;
    this.shown = title;
  }

  /** The title to show with these words before it; null: the page's own. Empty: none yet, it is being exchanged. */
  say(words: string | null): string {
    this.words = words;
    return this.compose();
  }

  /** The title to show after it was found to be `title`. An empty one is being exchanged: the page's own follows. */
  found(title: string): string {
    if (title === '') return '';
    if (title !== this.shown) this.own = title;
    return this.compose();
  }

  private compose(): string {
    if (this.own === '') return '';
    const title = this.words === null ? this.own : `${this.words}${BETWEEN}${this.own}`;
    // As documents give their titles back, or ours would not be recognised.
    this.shown = title.trim().replaceAll(/\s+/g, ' ');
    return this.shown;
  }
}
