import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { paced } from '@/lib/plane/time/pace';
import { once } from '@/lib/server/process/once';

/** The length of all bodies that arrive at the same time. Next.js keeps each of them until its route has read it. */
const MAX_BYTES = 64 * 1024 * 1024;
/** The largest body takes less than this over a slow line. */
const DEADLINE_MS = 60 * SECOND_MS;

/** Limits what senders of bodies can make the server keep: their number, and how long they take. */
export class Uploads {
  private bytes = 0;

  /** Counts the body of a request until it has arrived. Returns false if too many are arriving already. */
  add(request: IncomingMessage, response: ServerResponse): boolean {
    const bytes = Number(request.headers['content-length'] ?? 0);
    if (bytes === 0) return true;
    if (this.bytes + bytes > MAX_BYTES) return false;
    this.bytes += bytes;
    const deadline = setTimeout(() => request.complete || request.socket.destroy(), paced(DEADLINE_MS));
    const end = once(() => {
      clearTimeout(deadline);
      this.bytes -= bytes;
    });
    request.once('end', end);
    // A route may answer without having read the body.
    response.once('close', end);
    return true;
  }
}
