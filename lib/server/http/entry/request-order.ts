import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** More than any client sends without waiting for an answer. */
const MAX_WAITING = 100;

/**
 * Serves the requests of a connection one after the other. Node hands over at once all that a client has sent without
 * waiting for answers, and keeps their answers in memory until it can send them in order.
 */
export class RequestOrder {
  /** The requests that wait for an earlier one of their connection; absent when it has none that is being served. */
  private readonly waiting = new WeakMap<Socket, (() => void)[]>();

  /** @param begin serves the request; isn't called if its reader has left when its turn comes */
  add({ socket }: IncomingMessage, response: ServerResponse, begin: () => void): void {
    const waiting = this.waiting.get(socket);
    const serve = () => {
      response.once('close', () => this.serveNext(socket));
      begin();
    };
    if (waiting === undefined) {
      this.waiting.set(socket, []);
      serve();
    } else if (waiting.length < MAX_WAITING) waiting.push(serve);
    else socket.destroy();
  }

  private serveNext(socket: Socket): void {
    const next = this.waiting.get(socket)?.shift();
    if (next === undefined || socket.destroyed) this.waiting.delete(socket);
    else next();
  }
}
