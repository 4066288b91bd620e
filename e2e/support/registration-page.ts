import { expect, type Locator, type Page } from '@playwright/test';
import type { CredentialSource, SpecDraft } from '@/lib/plane/credentials/credential';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import { type FormField, fieldsOfStep } from '@/lib/plane/registration/form-field';
import type { Step } from '@/lib/plane/registration/register-url';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { WantedPlane } from '@/testing/plane/prod-plane';
import { fillFields, groupIn } from './fill-fields';

interface Material {
  readonly source: CredentialSource;
  readonly text?: string;
  readonly place?: { readonly namespace?: string; readonly name?: string; readonly key?: string };
}

const SOURCE_LABELS: Record<CredentialSource, string> = {
  'new-secret': 'New Secret',
  'existing-secret': 'Existing Secret',
  inline: 'Inline',
};

const HEADINGS: Record<Step, string | RegExp> = {
  kind: 'Choose a kind',
  identity: 'Name the plane',
  connection: 'Connect the cluster',
  // Only planes that run applications have a gateway.
  services: /^(Gateway and services|Services)$/,
  review: 'Review and register',
};

const CONNECT_URL = /\/register\/connect\//;

/** The wizard as a user sees it. Finds every input by its label and never bypasses the page. */
export class RegistrationPage {
  readonly form: Locator;
  /** The sentence on the last step that the API server accepts the draft. */
  readonly verdict: Locator;
  readonly registerButton: Locator;
  readonly yaml: Locator;

  /** @param origin the origin of another server than the test's own */
  constructor(
    readonly page: Page,
    private readonly origin = '',
  ) {
    this.form = page.locator('form');
    this.verdict = page.getByText('Dry run passed.');
    this.registerButton = page.getByRole('button', { name: 'Register', exact: true });
    this.yaml = page.getByRole('region', { name: 'YAML of the resources to create' });
  }

  /** @param query such as `?kind=dataplanes&step=identity` */
  async open(query = ''): Promise<void> {
    await this.page.goto(`${this.origin}/register${query}`);
    await expect(this.page.getByRole('heading', { level: 1, name: 'Register a plane' })).toBeVisible();
  }

  heading(step: Step): Locator {
    return this.page.getByRole('heading', { level: 2, name: HEADINGS[step], exact: true });
  }

  /** An input by its label. Excludes radio buttons with the same name, such as for a client certificate. */
  input(label: string): Locator {
    return this.form.getByLabel(label, { exact: true }).and(this.page.locator(':not([type=radio])'));
  }

  /** The box around several inputs, such as those of a credential. */
  group(label: string): Locator {
    return groupIn(this.form, label);
  }

  kind({ entry }: Pick<InstalledKind, 'entry'>): Locator {
    return this.page.getByRole('radio', { name: entry.label, exact: true });
  }

  /** Selects a kind. The fields of a kind that was just installed appear some seconds later. */
  async chooseKind(kind: Pick<InstalledKind, 'entry'>): Promise<void> {
    await expect(this.kind(kind)).not.toHaveAttribute('aria-disabled');
    // A notice about Secrets of earlier registrations may appear above meanwhile, and moves the cards below the pointer.
    await expect(() => this.kind(kind).check({ timeout: 2000 })).toPass();
  }

  /** Continues to the next step and waits for it. */
  async goOn(to: Step): Promise<void> {
    await this.form.getByRole('button', { name: /^Continue/ }).click();
    await expect(this.heading(to)).toBeVisible();
  }

  async fillIdentity(plane: WantedPlane): Promise<void> {
    if (plane.namespace !== undefined) await this.input('Namespace').selectOption(plane.namespace);
    await this.input('Name').fill(plane.name);
    if (typeof plane.spec.planeID === 'string') await this.input('Plane ID').fill(plane.spec.planeID);
    if (plane.displayName !== undefined) await this.input('Display name').fill(plane.displayName);
    if (plane.description !== undefined) await this.input('Description').fill(plane.description);
  }

  /** Selects the connection direction if the kind has a choice, then fills the step's inputs from the spec. */
  async fillConnection(kind: InstalledKind, plane: WantedPlane): Promise<void> {
    const how = connectionIn(plane.spec);
    if (how.connection === 'direct') await this.checkIfOffered('The control plane connects to the cluster');
    if (how.auth === 'bearer-token') await this.checkIfOffered('Bearer token');
    await this.fill(fieldsOfStep(kind, 'connection', { spec: {}, credentials: {}, ...how }), plane);
  }

  async fillServices(kind: InstalledKind, plane: WantedPlane): Promise<void> {
    const how = connectionIn(plane.spec);
    await this.fill(fieldsOfStep(kind, 'services', { spec: {}, credentials: {}, ...how }), plane);
  }

  /** Fills the wizard from the first step to the review, where the API server accepts the draft. */
  async fillAll(kind: InstalledKind, plane: WantedPlane): Promise<void> {
    await this.fillUntilReview(kind, plane);
    await expect(this.verdict).toBeVisible();
  }

  /** Fills the wizard from the first step to the review, and doesn't wait for a verdict. */
  async fillUntilReview(kind: InstalledKind, plane: WantedPlane): Promise<void> {
    await this.open();
    await this.chooseKind(kind);
    await this.goOn('identity');
    await this.fillIdentity(plane);
    await this.goOn('connection');
    await this.fillConnection(kind, plane);
    await this.goOn('services');
    await this.fillServices(kind, plane);
    await this.goOn('review');
  }

  /** Registers the reviewed draft and waits for the agent setup page. */
  async register(): Promise<void> {
    await this.registerButton.click();
    await this.page.waitForURL(CONNECT_URL);
    await expect(this.page.getByRole('heading', { level: 1, name: /^Connect / })).toBeVisible();
  }

  /** Fills the inputs of one credential. */
  async fillCredential(box: Locator, label: string, { source, text, place = {} }: Material): Promise<void> {
    const choice = box.getByRole('radio', { name: SOURCE_LABELS[source], exact: true });
    if ((await choice.count()) > 0) await choice.check();
    if (text !== undefined) await box.getByLabel(label, { exact: true }).fill(text);
    const { namespace, name, key } = place;
    if (source === 'new-secret' && Object.keys(place).length > 0) await box.getByText('Stored in:').click();
    if (namespace !== undefined) await box.getByLabel('Namespace', { exact: true }).fill(namespace);
    if (name !== undefined) await box.getByLabel('Secret', { exact: true }).fill(name);
    if (key !== undefined) await box.getByLabel('Key', { exact: true }).fill(key);
  }

  private async fill(fields: readonly FormField[], plane: WantedPlane): Promise<void> {
    await fillFields(this.form, fields, plane.spec, (box, field) =>
      this.fillCredential(box, field.label, materialOf(field, plane)),
    );
  }

  private async checkIfOffered(title: string): Promise<void> {
    const choice = this.form.getByRole('radio', { name: title, exact: true });
    if ((await choice.count()) > 0) await choice.check();
  }
}

function connectionIn(spec: JsonObject): Pick<SpecDraft, 'connection' | 'auth'> {
  const token = valueAt(spec, ['kubernetesCluster', 'auth', 'bearerToken']);
  return {
    connection: spec.kubernetesCluster === undefined ? 'agent' : 'direct',
    auth: token === undefined ? 'mtls' : 'bearer-token',
  };
}

function materialOf({ slot, path }: FormField, { spec, newSecrets = {} }: WantedPlane): Material {
  const value = valueAt(spec, path);
  if (typeof value === 'string') return { source: 'inline', text: value };
  if (!slot || !isJsonObject(value)) throw new Error(`${path.join('.')} isn't a credential.`);
  if (typeof value.value === 'string') return { source: 'inline', text: value.value };
  const reference = value[slot.refField ?? ''];
  if (!isJsonObject(reference)) throw new Error(`${path.join('.')} has no reference.`);
  const place = Object.fromEntries(Object.entries(reference).map(([name, part]) => [name, String(part)]));
  const text = newSecrets[slot.id];
  return text === undefined ? { source: 'existing-secret', place } : { source: 'new-secret', text, place };
}
