import { test as base, expect } from './fixtures';
import { WallPage } from './wall-page';

/** A wall without a link, with heartbeats that stay fresh for the whole test. */
export const WALL_ENV = {
  PLANEBOARD_WALL: 'open',
  PLANEBOARD_INSTALLATION: 'Acme Frankfurt',
  PLANEBOARD_HEARTBEAT_FRESH_SECONDS: '3600',
  PLANEBOARD_HEARTBEAT_STALE_SECONDS: '7200',
};

/** `test` for the status wall. */
export const test = base.extend<{ wall: WallPage }>({
  wall: async ({ page }, use) => {
    await use(new WallPage(page));
  },
});

export { expect };
