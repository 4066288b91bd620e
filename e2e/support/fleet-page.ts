import { expect, type Locator, type Page } from '@playwright/test';

/** What the page's head says while the data are current: the word, and their age. */
export const LIVE = /^Live\s*·/;

/** What can be seen of a cell: it also holds parts that only a narrow screen, or only a screen reader, is told. */
export const SEEN = { useInnerText: true };

/** The fleet as a person finds it on the page: by roles and words. */
export class FleetPage {
  readonly table: Locator;
  /** The links that carry the planes' names, in the order shown. */
  readonly names: Locator;
  readonly search: Locator;
  readonly healthFilter: Locator;
  readonly groups: Locator;

  constructor(readonly page: Page) {
    this.table = page.getByRole('table', { name: 'Planes' });
    this.names = page.locator('table[aria-label="Planes"] th[scope="row"] a');
    this.search = page.getByRole('searchbox', { name: 'Search planes' });
    this.healthFilter = page.getByRole('group', { name: 'Filter by health' });
    this.groups = page.locator('table[aria-label="Planes"] th[scope="colgroup"] button');
  }

  /** Opens the fleet and resolves when the feed has taken over, so that every control does what it should. */
  async open(search = ''): Promise<void> {
    await this.page.goto(`/${search}`);
    await this.live();
  }

  /** The data are current, as the page says itself. */
  async live(): Promise<void> {
    await expect(this.page.getByText(LIVE)).toBeVisible();
  }

  /** The row of a plane, by the name that it shows. */
  row(title: string): Locator {
    return this.page
      .locator('table[aria-label="Planes"] tbody tr')
      .filter({ has: this.page.getByRole('link', { name: title, exact: true }) });
  }

  /** A cell of a plane's row, by the title of its column. */
  async cell(title: string, column: string): Promise<Locator> {
    const titles = await this.page.locator('table[aria-label="Planes"] thead th').allTextContents();
    const index = titles.indexOf(column);
    expect(index, `There is no column "${column}".`).toBeGreaterThanOrEqual(0);
    return this.row(title).locator('> *').nth(index);
  }

  /** The health of a plane: its cell holds the word, and under it the first reason. */
  health(title: string): Locator {
    return this.row(title).locator('> *').first();
  }

  /** The switch of a state above the list, such as "Stale". */
  healthCount(word: string): Locator {
    return this.healthFilter.getByRole('button', { name: new RegExp(`^[\\d,\\s]+${word}$`) });
  }

  /** Presses a column's head: once sorts by it, once more turns the order round. */
  async sortBy(column: string): Promise<void> {
    await this.table.getByRole('columnheader', { name: column, exact: true }).getByRole('button').click();
  }

  /** Ticks or unticks a value in the panel of filters, under its section. */
  async toggleFilter(section: string, value: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Filter', exact: true }).click();
    const panel = this.page.getByRole('dialog', { name: 'Filters' });
    await panel.getByRole('group', { name: section, exact: true }).getByText(value, { exact: true }).click();
    await this.page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  }

  /** Chooses in the menu of how the list is shown, under one of its headings. */
  async display(heading: string, choice: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Display', exact: true }).click();
    const menu = this.page.getByRole('menu', { name: 'Display' });
    await menu.getByRole('group', { name: heading }).getByText(choice, { exact: true }).click();
    await this.page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
  }
}
