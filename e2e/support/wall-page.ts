import { expect, type Locator, type Page } from '@playwright/test';
import { type WallLimits, wallTokenAnswerSchema } from '@/lib/api/wall';
import type { HealthState } from '@/lib/plane/health/health-state';

/** A link to a wall. */
export interface WallLink {
  readonly id: string;
  readonly token: string;
}

const NO_LIMITS: WallLimits = { kinds: [], roles: [], namespaces: [] };

/** Creates a wall link through the API of the server at `url`. */
export async function newWallLink(
  url: string,
  { title = 'Hall', limits = {} }: { title?: string; limits?: Partial<WallLimits> } = {},
): Promise<WallLink> {
  const answer = await fetch(`${url}/api/wall-tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title, limits: { ...NO_LIMITS, ...limits } }),
  });
  expect(answer.status, 'The server creates the link.').toBe(201);
  return wallTokenAnswerSchema.parse(await answer.json());
}

/** The status wall in a browser. */
export class WallPage {
  /** The age of the data, at the top of every wall. */
  readonly age: Locator;
  readonly clock: Locator;
  readonly title: Locator;
  readonly tiles: Locator;
  readonly statement: Locator;
  readonly incident: Locator;
  /** Which planes the wall shows, and how many others need action. */
  readonly scope: Locator;
  /** The worst finding about the control plane. */
  readonly controlPlane: Locator;
  /** The notice of old data or of a blind screen. */
  readonly alert: Locator;
  readonly blind: Locator;

  constructor(readonly page: Page) {
    this.age = page.locator('[data-wall-age]');
    this.clock = page.locator('header time');
    this.title = page.getByRole('heading', { level: 1 });
    this.tiles = page.locator('[data-wall-tile]');
    this.statement = page.locator('[data-wall-statement]');
    this.incident = page.locator('[data-wall-incident]');
    this.scope = page.locator('[data-wall-scope]');
    this.controlPlane = page.locator('[data-wall-control-plane]');
    // Next.js has its own, empty alert to announce navigations.
    this.alert = page.locator('[role="alert"]:not(#__next-route-announcer__)');
    this.blind = page.locator('[data-wall-blind]');
  }

  /** Opens a wall that needs no link and waits until its data are current. */
  async open(url: string, query = ''): Promise<void> {
    await this.page.goto(`${url}/wall${query}`);
    await this.live();
  }

  /** Opens a wall by its link and waits until its data are current. */
  async enter(url: string, { token }: Pick<WallLink, 'token'>, query = ''): Promise<void> {
    await this.page.goto(`${url}/wall/enter?token=${token}${query === '' ? '' : `&${query}`}`);
    await this.live();
  }

  /** Waits until the wall reports that its data are current. */
  async live(timeout = 15_000): Promise<void> {
    await expect(this.age).toHaveAttribute('data-wall-age', 'live', { timeout });
    await expect(this.age).toHaveText(/^(Data )?\d+ s/, { timeout });
  }

  /** The count of a state, or of planes in maintenance. */
  count(of: HealthState | 'maintenance'): Locator {
    return this.page.locator(`[data-wall-count="${of}"]`);
  }

  tile(name: string): Locator {
    return this.tiles.filter({ has: this.page.locator('.sr-only', { hasText: new RegExp(`^${name}$`) }) });
  }

  /** Reads the wall's clock, in seconds since midnight UTC. */
  async clockSeconds(): Promise<number> {
    const [hours = 0, minutes = 0, seconds = 0] = ((await this.clock.textContent()) ?? '')
      .replace(' UTC', '')
      .split(':')
      .map(Number);
    return (hours * 60 + minutes) * 60 + seconds;
  }

  /** Marks the document, so `wasReloaded` can detect a reload. */
  async mark(): Promise<void> {
    await this.page.evaluate(() => document.documentElement.setAttribute('data-marked', ''));
  }

  async wasReloaded(): Promise<boolean> {
    return (await this.page.locator('html[data-marked]').count()) === 0;
  }
}
