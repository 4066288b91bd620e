'use client';

import { useEffect } from 'react';

/** The text and icon that a browser's tab shows about the fleet, even in the background. */
export interface DocumentHeadline {
  /** Shown before the page's own title. */
  readonly text: string;
  /** Address of the icon; null for the product's own. */
  readonly iconHref: string | null;
}

const ICONS = 'link[rel~="icon"]';

/**
 * Adds a headline to the document: before its title, and as its icon. Null restores the page's own. The headline is
 * added again whenever Next writes a page's title or icon.
 */
export function useDocumentHeadline(headline: DocumentHeadline | null): void {
  const headlineText = headline?.text ?? null;
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
    write(title.setHeadline(headlineText));
    const observer = new MutationObserver(() => write(title.titleChanged(document.title)));
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      writeTitle(title.setHeadline(null));
    };
  }, [headlineText, iconHref]);
}

/** Writes the title unless it's empty: then Next is replacing it, and a title written now would be a second one. */
function writeTitle(text: string): void {
  if (text !== '' && document.title !== text) document.title = text;
}

/** Returns the icon that the server rendered. It's stored on the link, to be restored without a headline. */
function ownIconHref(): string | null {
  const link = document.head.querySelector<HTMLLinkElement>(ICONS);
  if (!link) return null;
  link.dataset.ownHref ??= link.getAttribute('href') ?? '';
  return link.dataset.ownHref;
}

const SEPARATOR = ' · ';

/**
 * A page's own title with a headline before it. Next writes a page's title on every navigation. Any title other than
 * the last one composed here is the page's own.
 */
export class PageTitle {
  private pageTitle: string;
  private shown: string;
  private headline: string | null = null;

  /** @param title the page's current title, without a headline */
  constructor(title: string) {
    this.pageTitle = title;
    this.shown = title;
  }

  /**
   * Sets the headline and returns the title to show. Null shows the page's own title. Empty if there's no title yet.
   */
  setHeadline(headline: string | null): string {
    this.headline = headline;
    return this.compose();
  }

  /** Returns the title to show after the document's title became `title`. Empty while Next is replacing the title. */
  titleChanged(title: string): string {
    if (title === '') return '';
    if (title !== this.shown) this.pageTitle = title;
    return this.compose();
  }

  private compose(): string {
    if (this.pageTitle === '') return '';
    const title = this.headline === null ? this.pageTitle : `${this.headline}${SEPARATOR}${this.pageTitle}`;
    // In the form that `document.title` returns, so it's recognised later.
    this.shown = title.trim().replaceAll(/\s+/g, ' ');
    return this.shown;
  }
}
