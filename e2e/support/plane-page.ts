import { expect, type Locator, type Page } from '@playwright/test';
import type { FindingCode } from '@/lib/plane/diagnosis/diagnosis-finding';
import { pageOf, type SimulatedPlane } from '@/testing/installation/simulated-planes';
import { LIVE } from './fleet-page';

/** A page reads its plane's related resources again every 20 s, so a schema that arrives late shows by then. */
const REREAD_TIMEOUT_MS = 30_000;

/** A plane's page as a user sees it, located by roles and texts. */
export class PlanePage {
  constructor(
    readonly page: Page,
    /** The origin of another server than the test's own. */
    private readonly origin = '',
  ) {}

  /** Opens the page. Resolves when its data are current. */
  async open(plane: SimulatedPlane, search = ''): Promise<void> {
    await this.page.goto(`${this.origin}${pageOf(plane)}${search}`);
    await expect(this.page.getByText(LIVE)).toBeVisible();
  }

  /** A card, by its title. */
  card(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** Returns a finding with its remedies expanded, after the related resources have been read. */
  async finding(code: FindingCode): Promise<Locator> {
    const why = this.card('Diagnosis');
    await expect(why.getByText(/^(Related resources checked|Not checked)/)).toBeVisible();
    const finding = why.locator(`[data-finding="${code}"]`).first();
    await expect(finding).toBeAttached({ timeout: REREAD_TIMEOUT_MS });
    if (!(await finding.isVisible())) await why.getByText(/^\d+ notes?$/).click();
    await expect(finding).toBeVisible();
    const remedies = finding.locator('details');
    if (
      (await remedies.count()) > 0 &&
      !(await remedies.evaluate((details: HTMLDetailsElement) => details.open))
    )
      await finding.getByText('What to do').click();
    return finding;
  }

  /** Selects an item of the plane's action menu. */
  async act(action: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Actions/ }).click();
    await this.page.getByRole('menuitem', { name: action, exact: true }).click();
  }

  async tab(name: 'Overview' | 'Events' | 'History' | 'YAML'): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click();
  }
}

/** The page that replaces a credential, as a user sees it. */
export class ReplaceCredentialPage {
  /** The result of the dry run, and the button that writes the replacement. */
  readonly review: Locator;
  /** The number of connected agents. */
  readonly strip: Locator;

  constructor(readonly page: Page) {
    this.review = page.getByRole('region', { name: 'Pending change' });
    this.strip = page
      .getByRole('status')
      .filter({ hasText: /agents? connected/ })
      .first();
  }

  card(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** A step that is marked as done. */
  done(label: string): Locator {
    return this.page
      .getByRole('navigation', { name: 'Replacement steps' })
      .getByRole('listitem')
      .filter({ hasText: label })
      .filter({ hasText: ', complete' });
  }

  /** Ends a replacement: opens the choice, then confirms it. */
  async settle(choice: string, verb: string): Promise<void> {
    await this.page.getByRole('button', { name: choice, exact: true }).click();
    await this.review.getByRole('button', { name: verb, exact: true }).click();
  }

  /** Starts the dry run of the input, then writes it. */
  async write(verb: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Review change' }).click();
    await expect(this.review).toContainText('Dry run passed.');
    await this.review.getByRole('button', { name: verb, exact: true }).click();
  }
}
