import 'server-only';
import { isListing } from '@/lib/plane/fleet/source-state';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { paced } from '@/lib/plane/time/pace';
import type { FleetEngine } from '@/lib/server/fleet/fleet-engine';

/** Less than browsers wait for the first event of a stream. */
const MAX_WAIT_MS = 8 * SECOND_MS;

/**
 * Lets streams wait until a server that has just started has listed all kinds, for some seconds after the start. An open
 * page keeps the planes from before a restart until then. Otherwise, most of them would disappear from it and come back.
 */
export class FirstLists {
  private readonly untilMs = performance.now() + paced(MAX_WAIT_MS);
  private lists: Promise<void> | undefined;

  constructor(private readonly engine: FleetEngine) {}

  /** Resolves once all kinds are listed, can't be listed now, or the time is over. */
  settled(): Promise<void> {
    this.lists ??= this.wait();
    return this.lists;
  }

  private async wait(): Promise<void> {
    if (!this.isListing()) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        unsubscribe();
        resolve();
      };
      const timer = setTimeout(end, Math.max(0, this.untilMs - performance.now()));
      const unsubscribe = this.engine.subscribe(() => {
        if (!this.isListing()) end();
      });
    });
  }

  private isListing(): boolean {
    const { apiServer, sources } = this.engine;
    return isListing(apiServer.wire(), sources.wire());
  }
}
