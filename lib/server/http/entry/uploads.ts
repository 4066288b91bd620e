import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { paced } from '@/lib/plane/time/pace';
import { once } from '@/lib/server/process/once';

/** The length of all bodies that arrive at the same time. Next.js keeps each of them until its route has read it. */
const MAX_BYTES = 64 * 1024 * 1024;
/** The largest body takes less than this over a slow line. */
const DEADLINE_MS = 60 * SECOND_MS;

/** The body of a request. */
export interface Upload {
  /** Calls back once the whole body is here; never, if its sender leaves first. */
  readonly whenArrived: (callback: () => void) => void;
}

const ARRIVED: Upload = { whenArrived: (callback) => callback() };

/** Limits what senders of bodies can make the server keep: their number, and how long they take. */
export class Uploads {
  private bytes = 0;

  /** Counts the body of a request until a route has read it. Returns null if too many are arriving already. */
  add(request: IncomingMessage, response: ServerResponse): Upload | null {
    const bytes = Number(request.headers['content-length'] ?? 0);
    if (bytes === 0) return ARRIVED;
    if (this.bytes + bytes > MAX_BYTES) return null;
    this.bytes += bytes;
    const deadline = setTimeout(() => request.complete || request.socket.destroy(), paced(DEADLINE_MS));
    const end = once(() => {
      clearTimeout(deadline);
      this.bytes -= bytes;
    });
    request.once('end', end);
    // A route may answer without having read the body.
    response.once('close', end);
    return receive(request);
  }
}

/**
 * Receives a body before anything reads it, so that a slow sender takes nobody's turn. Node would stop after the first
 * 64 KB until somebody reads them.
 */
function receive(request: IncomingMessage): Upload {
  let arrived = false;
  let callback: (() => void) | null = null;
  const { push } = request;
  request.push = (chunk: unknown, encoding?: BufferEncoding) => {
    push.call(request, chunk, encoding);
    // Node ends a body so.
    if (chunk === null) {
      arrived = true;
      callback?.();
    }
    return true;
  };
  return {
    whenArrived: (whenArrived) => {
      if (arrived) whenArrived();
      else callback = whenArrived;
    },
  };
}
