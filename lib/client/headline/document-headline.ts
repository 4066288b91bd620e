'use client';

import { useEffect } from 'react';

/** What a browser's tab shows of the fleet while it is in the background. */
export interface DocumentHeadline {
  /** Shown before the page's own title. */
  readonly text: string;
  /** Address of the icon; null: the product's own. */
  readonly iconHref: string | null;
}

const ICONS = 'link[rel~="icon"]';

/**
 * Puts a headline on the document: before its title, and as its icon. Null restores the page's own. Whenever Next writes a
 * page's title or icon, the headline is put back on it.
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

/** An empty title means that Next is replacing it: a title written now would be a second one beside the page's. */
function writeTitle(text: string): void {
  if (text !== '' && document.title !== text) document.title = text;
}

/** The icon that the server rendered, stored on the link for the time without a headline. */
function ownIconHref(): string | null {
  const link = document.head.querySelector<HTMLLinkElement>(ICONS);
  if (!link) return null;
  link.dataset.ownHref ??= link.getAttribute('href') ?? '';
  return link.dataset.ownHref;
}

const SEPARATOR = ' · ';

/**
 * A page's own title with a headline before it. Next writes a page's title on every navigation. Any title other than the
 * last one composed here is the page's own.
 */
export class PageTitle {
  private pageTitle: string;
  private shown: string;
  private headline: string | null = null;

  /** @param title the title as the page has it now, without a headline */
  constructor(title: string) {
    this.pageTitle = title;
    this.shown = title;
  }

  /** The title to show with this headline; null: the page's own. Empty: there is no title yet. */
  setHeadline(headline: string | null): string {
    this.headline = headline;
    return this.compose();
  }

  /** The title to show after the document's title became `title`. Empty: Next is replacing it, and the new one follows. */
  titleChanged(title: string): string {
    if (title === '') return '';
    if (title !== this.shown) this.pageTitle = title;
    return this.compose();
  }

  private compose(): string {
    if (this.pageTitle === '') return '';
    const title = this.headline === null ? this.pageTitle : `${this.headline}${SEPARATOR}${this.pageTitle}`;
    // As `document.title` returns it, so that it is recognised.
    this.shown = title.trim().replaceAll(/\s+/g, ' ');
    return this.shown;
  }
}
