import 'server-only';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { processSlot } from '@/lib/server/process/process-slot';

/** Reviews of all people at a time. Each times out on its own, so more would fail instead of taking longer. */
const CONCURRENCY = 16;

type Requests = Pick<KubeClient, 'request'>;

/** Lets only so many requests run at a time; the others wait, in the order in which they came. */
export class ReviewQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly concurrency: number) {}

  /** Runs a task when it's its turn. Throws what the task throws. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running < this.concurrency) this.running += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await task();
    } finally {
      // The turn is passed on, so a task that comes now can't take it.
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

/**
 * Returns a client whose requests wait for those of other people. When many sign in at once, they wait longer, instead of
 * asking the API server more than it can answer.
 */
export function inReviewQueue(client: Requests): Requests {
  const queue = processSlot('review-queue', () => new ReviewQueue(CONCURRENCY));
  return { request: (options) => queue.run(() => client.request(options)) };
}
