import { expect, type Locator, type Page } from '@playwright/test';

/** The text in the page's header while the data are current: a label and their age. */
export const LIVE = /^Live\s*·/;

/** Matches only the visible text of a cell, without parts for narrow screens or screen readers. */
export const SEEN = { useInnerText: true };

/** The fleet page as a user sees it, located by roles and texts. */
export class FleetPage {
  readonly table: Locator;
  /** The links with the planes' names, in the displayed order. */
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

  /** Opens the fleet page. Resolves when the feed is connected, so every control works. */
  async open(search = ''): Promise<void> {
    await this.page.goto(`/${search}`);
    await this.live();
  }

  /** Waits until the page reports that its data are current. */
  async live(): Promise<void> {
    await expect(this.page.getByText(LIVE)).toBeVisible();
  }

  /** The row of a plane, by its displayed name. */
  row(title: string): Locator {
    return this.page
      .locator('table[aria-label="Planes"] tbody tr')
      .filter({ has: this.page.getByRole('link', { name: title, exact: true }) });
  }

  /** The cell of a plane's row in the column with a title. */
  async cell(title: string, column: string): Promise<Locator> {
    const titles = await this.page.locator('table[aria-label="Planes"] thead th').allTextContents();
    const index = titles.indexOf(column);
    expect(index, `There is no column "${column}".`).toBeGreaterThanOrEqual(0);
    return this.row(title).locator('> *').nth(index);
  }

  /** The health cell of a plane: the state, followed by the first reason. */
  health(title: string): Locator {
    return this.row(title).locator('> td').first();
  }

  /** The filter button of a state above the list, such as "Stale". */
  healthCount(word: string): Locator {
    return this.healthFilter.getByRole('button', { name: new RegExp(`^[\\d,\\s]+${word}$`) });
  }

  /** The number of planes in a state, as the filter button says; 0 without a button. */
  async countOf(word: string): Promise<number> {
    const [text = '0'] = await this.healthCount(word).allTextContents();
    return Number.parseInt(text.replaceAll(',', ''), 10);
  }

  /** Clicks a column's header. The first click sorts by the column, the second reverses the order. */
  async sortBy(column: string): Promise<void> {
    await this.table.getByRole('columnheader', { name: column, exact: true }).getByRole('button').click();
  }

  /** Toggles a value in a section of the filter panel. */
  async toggleFilter(section: string, value: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Filter', exact: true }).click();
    const panel = this.page.getByRole('dialog', { name: 'Filters' });
    await panel.getByRole('group', { name: section, exact: true }).getByText(value, { exact: true }).click();
    await this.page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  }

  /** Selects an option under a heading of the display menu. */
  async display(heading: string, choice: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Display', exact: true }).click();
    const menu = this.page.getByRole('menu', { name: 'Display' });
    await menu.getByRole('group', { name: heading }).getByText(choice, { exact: true }).click();
    await this.page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
  }
}
