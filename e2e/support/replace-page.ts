import { expect, type Locator, type Page } from '@playwright/test';

/** The page on which a credential is replaced, as a person finds it. */
export class ReplacePage {
  /** What the API server has tried, and the button that writes it. */
  readonly review: Locator;
  /** How many agents are connected. */
  readonly strip: Locator;

  constructor(readonly page: Page) {
    this.review = page.getByRole('region', { name: 'What will be written' });
    this.strip = page
      .getByRole('status')
      .filter({ hasText: /agents? connected/ })
      .first();
  }

  card(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** Has what was put in tried, and then written. */
  async write(verb: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Check what will be written' }).click();
    await expect(this.review).toContainText('The API server has tried it and would take it.');
    await this.review.getByRole('button', { name: verb, exact: true }).click();
  }
}
