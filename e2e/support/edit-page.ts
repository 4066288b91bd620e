import { expect, type Locator, type Page } from '@playwright/test';
import { DESCRIPTION_ANNOTATION, DISPLAY_NAME_ANNOTATION } from '@/lib/plane/model/annotations';
import { connectedPlane, pageOf, type SimulatedPlane } from '@/testing/installation/simulated-planes';
import { LIVE } from './fleet-page';

/** The edit page of a plane as a user sees it: form, YAML and review. */
export class EditPage {
  /** The difference that the API server's dry run reports. */
  readonly difference: Locator;
  readonly yaml: Locator;
  /** The problems in the YAML, line by line. */
  readonly yamlProblems: Locator;
  readonly reviewButton: Locator;
  readonly saveButton: Locator;
  readonly conflicts: Locator;

  constructor(
    readonly page: Page,
    /** The origin of another server than the test's own. */
    private readonly origin = '',
  ) {
    this.difference = page.getByRole('region', { name: 'Changes to save' }).last();
    this.yaml = page.getByRole('textbox', { name: 'The plane as YAML' });
    this.yamlProblems = page.getByRole('list', { name: 'YAML problems' });
    this.reviewButton = page.getByRole('button', { name: 'Review changes' });
    this.saveButton = page.getByRole('button', { name: /^Save/ });
    this.conflicts = page.getByRole('region', { name: 'Conflicts' });
  }

  async open(plane: SimulatedPlane, view: 'form' | 'yaml'): Promise<void> {
    await this.page.goto(`${this.origin}${pageOf(plane)}?edit=${view}`);
    await expect(this.page.getByText(LIVE)).toBeVisible();
    await expect(view === 'yaml' ? this.yaml : this.card('Identity')).toBeVisible();
  }

  card(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  input(label: string): Locator {
    return this.page.getByLabel(label, { exact: true });
  }

  /** Continues to the review, where the API server accepts the change. */
  async review(): Promise<void> {
    await this.reviewButton.click();
    await expect(this.page.getByText('Dry run passed.')).toBeVisible();
  }

  async save(): Promise<void> {
    await this.saveButton.click();
    await expect(
      this.page.getByRole('status').filter({ hasText: 'The API server has stored the change.' }),
    ).toBeVisible();
  }

  /** Puts the cursor at the end of the line with a text, by mouse and keyboard. */
  async cursorAfter(text: string): Promise<void> {
    await this.line(text).click();
    await this.page.keyboard.press('End');
  }

  /** Replaces the value of a line by typing. */
  async typeValue(key: string, value: string): Promise<void> {
    const line = this.line(key);
    await line.click();
    await this.page.keyboard.press('End');
    const text = (await line.textContent()) ?? '';
    const old = text.slice(text.indexOf(':') + 1).trim();
    for (let count = 0; count < old.length; count += 1) await this.page.keyboard.press('Backspace');
    await this.page.keyboard.type(value);
  }

  line(text: string): Locator {
    return this.yaml.locator('.cm-line').filter({ hasText: text }).first();
  }
}

/** The namespace of the edited planes. */
const EDIT_NAMESPACE = 'changing';

/** A connected plane to edit, with a gateway and a secret store. */
export function editablePlane(name: string, further: Partial<SimulatedPlane> = {}): SimulatedPlane {
  return connectedPlane(name, {
    namespace: EDIT_NAMESPACE,
    displayName: `Plane ${name}`,
    labels: { region: 'eu' },
    spec: {
      secretStoreRef: { name: 'vault' },
      gateway: {
        ingress: {
          external: {
            name: 'gateway-default',
            namespace: 'openchoreo-data-plane',
            https: { host: 'apps.example.com', port: 443 },
          },
        },
      },
    },
    ...further,
  });
}

/** The annotations that hold a display name and a description. */
export function nameAnnotations(displayName: string, description: string): Record<string, string> {
  return { [DISPLAY_NAME_ANNOTATION]: displayName, [DESCRIPTION_ANNOTATION]: description };
}
