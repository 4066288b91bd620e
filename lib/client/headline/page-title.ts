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
