import { expect, type Locator, type Page } from '@playwright/test';
import type { KubeClient } from '@/demo/control-plane/kube-client';
import { LIVE } from './fleet-page';

const NAMESPACE = 'openchoreo-control-plane';
const CONFIG_MAP = `/api/v1/namespaces/${NAMESPACE}/configmaps/planeboard-wall`;

/** The wall setup page as a user sees it, located by roles and texts. */
export class WallSetupPage {
  /** The preview of the wall. */
  readonly preview: Locator;
  /** The text summary of the preview. */
  readonly previewCaption: Locator;
  readonly linkName: Locator;
  readonly createButton: Locator;
  /** The link that was just created. */
  readonly newLink: Locator;
  /** The address of an open wall, or for a screen that is already admitted. */
  readonly address: Locator;
  /** The list of existing links. */
  readonly links: Locator;

  constructor(
    readonly page: Page,
    private readonly origin = '',
  ) {
    this.preview = page.getByRole('img', { name: /^Wall preview/ });
    this.previewCaption = page.locator('[data-preview-words]');
    this.linkName = page.getByRole('textbox', { name: 'Link name' });
    this.createButton = page.getByRole('button', { name: 'Create link' });
    this.newLink = page.getByRole('textbox', { name: 'Link', exact: true });
    this.address = page.getByRole('textbox', { name: /^Address/ });
    this.links = this.card('Wall links').getByRole('listitem');
  }

  /** Opens the page. Resolves when the preview is ready, so every control works. */
  async open(search = ''): Promise<void> {
    await this.page.goto(`${this.origin}/wall-setup${search}`);
    await expect(this.page.getByText(LIVE)).toBeVisible();
    await expect(this.preview).toBeVisible();
    await expect(this.previewCaption).not.toHaveText(/^Reading/);
  }

  card(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** A checkbox in one of the filter lists. */
  choice(list: 'Roles' | 'Kinds' | 'Namespaces' | 'Labels' | 'States', name: string): Locator {
    return this.page
      .getByRole('group', { name: new RegExp(`^${list}\\b`) })
      .getByRole('checkbox', { name, exact: true });
  }

  /** The visible names on the preview's tiles, in order. */
  get tiles(): Locator {
    return this.preview.locator('[data-wall-name]');
  }

  /** The preview's count of a state. */
  count(state: string): Locator {
    return this.preview.locator(`[data-wall-count="${state}"]`);
  }

  /** The screen size in pixels that the preview is laid out for, and the aspect ratio in which it is drawn. */
  async pictured(): Promise<{ readonly screen: string; readonly drawn: string }> {
    return this.preview.evaluate((element) => {
      const wall = element.firstElementChild;
      if (!(wall instanceof HTMLElement)) throw new Error('No wall in the preview.');
      const drawn = wall.getBoundingClientRect();
      const ratio = (width: number, height: number) => (width / height).toFixed(2);
      return {
        screen: `${wall.offsetWidth}x${wall.offsetHeight}`,
        drawn: ratio(drawn.width, drawn.height),
      };
    });
  }

  /** Creates a link for the current selection. Returns its address. */
  async createLink(name: string): Promise<string> {
    await this.linkName.fill(name);
    await this.createButton.click();
    await expect(this.newLink).toBeVisible();
    return this.newLink.inputValue();
  }
}

/** Deletes all links, and creates their namespace if it is missing. */
export async function withoutLinks(client: KubeClient): Promise<void> {
  if (!(await client.find(`/api/v1/namespaces/${NAMESPACE}`)))
    await client.post('/api/v1/namespaces', { metadata: { name: NAMESPACE } });
  if (await client.find(CONFIG_MAP)) await client.delete(CONFIG_MAP);
}
