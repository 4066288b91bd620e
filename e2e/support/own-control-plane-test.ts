import type { ControlPlane } from '@/demo/control-plane/control-plane';
import { ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { test as base, expect } from './fixtures';

/** Includes the build of the binaries when they are missing. */
const START_TIMEOUT_MS = 300_000;

/** `test` for files that kill the API server: the file has a control plane of its own. */
export const test = base.extend<object, { ownControlPlane: ControlPlane }>({
  ownControlPlane: [
    async ({ release }, use) => {
      const own = await ownControlPlane(release);
      await use(own.controlPlane);
      await own.stop();
    },
    { scope: 'worker', timeout: START_TIMEOUT_MS },
  ],
  controlPlane: [
    async ({ ownControlPlane: controlPlane }, use) => {
      await use(controlPlane);
    },
    { scope: 'worker' },
  ],
});

export { expect };
