import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiServer, Source } from '@/lib/api/fleet';
import { isListing } from '@/lib/plane/fleet/source-state';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { paced } from '@/lib/plane/time/pace';

/** Less than browsers wait for the first event of a stream. */
const MAX_WAIT_MS = 8 * SECOND_MS;
const CHECK_MS = 50;

/** What a server that has just started knows of the fleet. */
interface Knowledge {
  readonly apiServer: Pick<ApiServer, 'state'>;
  readonly sources: readonly Pick<Source, 'state' | 'problem'>[];
}

/**
 * Lets streams wait until a server that has just started has listed all kinds, for some seconds after the start. An open
 * page keeps the planes from before a restart until then. Otherwise, most of them would disappear from it and come back.
 */
export class FirstLists {
  private readonly untilMs = performance.now() + paced(MAX_WAIT_MS);
  private isOver = false;

  constructor(private readonly known: () => Knowledge) {}

  /** Resolves once all kinds are listed, can't be listed now, or the time is over. */
  async settled(): Promise<void> {
    while (!this.isOver) {
      const { apiServer, sources } = this.known();
      this.isOver = performance.now() >= this.untilMs || !isListing(apiServer, sources);
      if (!this.isOver) await sleep(CHECK_MS);
    }
  }
}
