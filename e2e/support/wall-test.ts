import { test as base, expect } from './fixtures';
import { WallPage } from './wall-page';

/** A wall without a link, and heartbeats that nobody has to renew while a test looks at something else. */
export const WALL_ENV = {
  PLANEBOARD_WALL: 'open',
  PLANEBOARD_INSTALLATION: 'Acme Frankfurt',
  PLANEBOARD_HEARTBEAT_FRESH_SECONDS: '3600',
  PLANEBOARD_HEARTBEAT_STALE_SECONDS: '7200',
};

/** `test` for the status wall. */
export const test = base.extend<{ wall: WallPage }>({
  // A wall asks for ever: it ends before the servers of its test, which end before what it logged is looked at.
  wall: async ({ page, startServer: _ }, use) => {
    await use(new WallPage(page));
    await page.close();
  },
});

export { expect };
