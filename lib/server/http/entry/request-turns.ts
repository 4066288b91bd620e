import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { paced } from '@/lib/plane/time/pace';
import { once } from '@/lib/server/process/once';

/**
 * How many requests of one lane are served at a time. Each of the five lanes has its own turns, so 40 are served at most.
 * A page takes the whole processor for some 40 ms.
 */
const MAX_RUNNING = 8;
/** A request that isn't answered after this long waits for the API server and leaves the processor to others. */
const TURN_MS = 500;
/** How long requests wait for a pause in the arrival of others. */
const MAX_ARRIVAL_MS = 100;

interface Turn {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly begin: () => void;
}

/**
 * Lets requests be served in turn. Next.js serves each at once, also those of readers that have left, such as a browser
 * that reloads again and again, and answers nothing else meanwhile, not even a probe. Each read of related resources
 * also takes some ten connections to the API server.
 *
 * Node accepts one connection between two tasks, so a page that is rendered delays all requests behind it. Requests are
 * therefore served when no more arrive.
 */
export class RequestTurns {
  private running = 0;
  private arrived = 0;
  private isScheduled = false;
  private waiting: Turn[] = [];

  /** Notes that a request has arrived, of any kind. */
  noteArrival(): void {
    this.arrived += 1;
  }

  /** @param begin serves the request; isn't called if its reader has left when its turn comes */
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
    for (const turn of this.waiting.splice(0, MAX_RUNNING - this.running)) this.begin(turn);
  }

  /** A reader that leaves doesn't end its turn, because the work goes on without it. */
  private begin({ response, begin }: Turn): void {
    this.running += 1;
    const end = once(() => {
      clearTimeout(timer);
      this.running -= 1;
      this.schedule();
    });
    const timer = setTimeout(end, paced(TURN_MS));
    const { writeHead } = response;
    response.writeHead = ((...args: Parameters<typeof writeHead>) => {
      end();
      return writeHead.apply(response, args);
    }) as typeof writeHead;
    begin();
  }
}
