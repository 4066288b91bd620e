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

  /** The title to show with these words before it; null: the page's own. */
  say(words: string | null): string {
    this.words = words;
    return this.compose();
  }

  /** The title to show after it was found to be `title`. */
  found(title: string): string {
    if (title !== this.shown) this.own = title;
    return this.compose();
  }

  private compose(): string {
    this.shown = this.words === null ? this.own : `${this.words}${BETWEEN}${this.own}`;
    return this.shown;
  }
}
