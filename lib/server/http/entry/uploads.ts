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

  /**
   * Receives a request's body, which counts until a route has read it. Call it when the request is next to be served: a
   * body counts from then on.
   *
   * @param whenArrived is called once the whole body has arrived; never, if its sender leaves first
   * @returns false when too many bodies are arriving already
   */
  receive(request: IncomingMessage, response: ServerResponse, whenArrived: () => void): boolean {
    const bytes = Number(request.headers['content-length'] ?? 0);
    if (bytes === 0) {
      whenArrived();
      return true;
    }
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
    awaitBody(request, bytes, whenArrived);
    return true;
  }
}

/** Waits until the whole body is in the request's buffer, so that a slow sender takes nobody's turn. */
function awaitBody(request: IncomingMessage, bytes: number, whenArrived: () => void): void {
  const check = () => {
    if (request.readableLength < bytes) return;
    request.off('readable', check);
    whenArrived();
  };
  request.on('readable', check);
  // Node stops at 64 KB unless a read asks for more. One that asks for more than is there takes nothing.
  if (request.readableLength < bytes) request.read(bytes);
}
