import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { paced } from '@/lib/plane/time/pace';

/** How many pages are rendered at a time. Each takes the whole processor for some 40 ms. */
const MAX_PAGES = 8;
/** A page that isn't done after this long waits for the API server and leaves the processor to others. */
const TURN_MS = 500;
/** How long pages wait for a pause in the arrival of requests. */
const MAX_ARRIVAL_MS = 100;

interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly begin: () => void;
}

/**
 * Lets pages be rendered in turn. Next.js renders every page that was requested, also for readers that have left, such as
 * a browser that reloads again and again, and answers nothing else meanwhile, not even a probe.
 *
 * Node accepts one connection between two tasks, so a page that is rendered delays all requests behind it. Pages are
 * therefore rendered when no more requests arrive.
 */
export class PageTurns {
  private running = 0;
  private arrived = 0;
  private isScheduled = false;
  private waiting: Turn[] = [];

  /** Notes that a request has arrived, of a page or of anything else. */
  noteArrival(): void {
    this.arrived += 1;
  }

  /** @param begin renders the page; isn't called if its reader has left when its turn comes */
  add(request: IncomingMessage, response: ServerResponse, begin: () => void): void {
    this.waiting.push({ request, response, begin });
    this.schedule();
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    this.awaitPause(performance.now());
  }

  /** Begins after one round of the event loop in which no request arrived. */
  private awaitPause(sinceMs: number): void {
    setImmediate(() => {
      const before = this.arrived;
      setImmediate(() => {
        if (this.arrived !== before && performance.now() - sinceMs < MAX_ARRIVAL_MS) {
          this.awaitPause(sinceMs);
          return;
        }
        this.isScheduled = false;
        this.next();
      });
    });
  }

  private next(): void {
    this.waiting = this.waiting.filter(({ request }) => !request.socket.destroyed);
    for (const turn of this.waiting.splice(0, MAX_PAGES - this.running)) this.begin(turn);
  }

  private begin({ response, begin }: Turn): void {
    this.running += 1;
    let isRunning = true;
    const end = () => {
      if (!isRunning) return;
      isRunning = false;
      clearTimeout(timer);
      this.running -= 1;
      this.schedule();
    };
    const timer = setTimeout(end, paced(TURN_MS));
    response.once('close', end);
    const { writeHead } = response;
    response.writeHead = ((...args: Parameters<typeof writeHead>) => {
      end();
      return writeHead.apply(response, args);
    }) as typeof writeHead;
    begin();
  }
}
