import { expect, type Locator, type Page } from '@playwright/test';
import type { KubeClient } from '@/demo/control-plane/kube-client';
import { LIVE } from './fleet-page';

const NAMESPACE = 'openchoreo-control-plane';
const CONFIG_MAP = `/api/v1/namespaces/${NAMESPACE}/configmaps/planeboard-wall`;

/** The page on which walls are set up, as a person finds it: by roles and words. */
export class WallSetupPage {
  /** The picture of the wall. */
  readonly preview: Locator;
  /** What the picture shows, in words. */
  readonly previewCaption: Locator;
  readonly linkName: Locator;
  readonly createButton: Locator;
  /** The link that was just made. */
  readonly newLink: Locator;
  /** The address for a screen that is let in already, or of an open wall. */
  readonly address: Locator;
  /** The rows of the links that there are. */
  readonly links: Locator;

  constructor(
    readonly page: Page,
    private readonly origin = '',
  ) {
    this.preview = page.getByRole('img', { name: /^Preview of the wall/ });
    this.previewCaption = page.locator('[data-preview-words]');
    this.linkName = page.getByRole('textbox', { name: 'Name of the link' });
    this.createButton = page.getByRole('button', { name: 'Make a link' });
    this.newLink = page.getByRole('textbox', { name: 'Link', exact: true });
    this.address = page.getByRole('textbox', { name: /^Address/ });
    this.links = this.card('Links').getByRole('listitem');
  }

  /** Opens the page and resolves when it shows what the wall would, so that every control does what it should. */
  async open(search = ''): Promise<void> {
    await this.page.goto(`${this.origin}/wall-setup${search}`);
    await expect(this.page.getByText(LIVE)).toBeVisible();
    await expect(this.preview).toBeVisible();
    await expect(this.previewCaption).not.toHaveText(/^Reading/);
  }

  card(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** A choice in one of the lists of what to show. */
  choice(list: 'Roles' | 'Kinds' | 'Namespaces' | 'States', name: string): Locator {
    return this.page
      .getByRole('group', { name: new RegExp(`^${list}\\b`) })
      .getByRole('checkbox', { name, exact: true });
  }

  /** The names on the preview's tiles, in their order; each stands there once for the eye alone. */
  get tiles(): Locator {
    return this.preview.locator('[data-wall-name]');
  }

  /** The number that the preview's strip of counts has for a state. */
  count(state: string): Locator {
    return this.preview.locator(`[data-wall-count="${state}"]`);
  }

  /** The width in pixels for which the picture is laid out, and how it is scaled. */
  async pictured(): Promise<{ readonly screen: string; readonly drawn: string }> {
    return this.preview.evaluate((element) => {
      const wall = element.firstElementChild;
      if (!(wall instanceof HTMLElement)) throw new Error('There is no wall in the picture.');
      const drawn = wall.getBoundingClientRect();
      const ratio = (width: number, height: number) => (width / height).toFixed(2);
      return {
        screen: `${wall.offsetWidth}x${wall.offsetHeight}`,
        drawn: ratio(drawn.width, drawn.height),
      };
    });
  }

  /** Makes a link to what is chosen, and returns its address. */
  async createLink(name: string): Promise<string> {
    await this.linkName.fill(name);
    await this.createButton.click();
    await expect(this.newLink).toBeVisible();
    return this.newLink.inputValue();
  }
}

/** The namespace in which links are kept, without any. */
export async function withoutLinks(client: KubeClient): Promise<void> {
  if (!(await client.find(`/api/v1/namespaces/${NAMESPACE}`)))
    await client.post('/api/v1/namespaces', { metadata: { name: NAMESPACE } });
  if (await client.find(CONFIG_MAP)) await client.delete(CONFIG_MAP);
}
