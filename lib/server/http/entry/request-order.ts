import 'server-only';
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

/** More than any client sends without waiting for an answer. */
const MAX_WAITING = 100;

/**
 * Serves the requests of a connection one after the other. Node hands over at once all that a client has sent without
 * waiting for answers, and keeps their answers in memory until it can send them in order.
 *
 * While a request waits, its connection isn't read: behind a stream it would wait for ever, and its body with it. Node
 * keeps what it has read already, some 64 KB. It notices with its next write that the other side has left.
 */
export class RequestOrder {
  /** The requests that wait for an earlier one of their connection; absent when it has none that is being served. */
  private readonly waiting = new WeakMap<Socket, (() => void)[]>();

  /**
   * @param answer emits `close` when the request has been served: its response, or the socket of an upgrade
   * @param begin serves the request; isn't called if its reader has left when its turn comes
   */
  add(socket: Socket, answer: EventEmitter, begin: () => void): void {
    const waiting = this.waiting.get(socket);
    const serve = () => {
      answer.once('close', () => this.serveNext(socket));
      begin();
    };
    if (waiting === undefined) {
      this.waiting.set(socket, []);
      serve();
    } else if (waiting.length < MAX_WAITING) {
      waiting.push(serve);
      socket.pause();
    } else socket.destroy();
  }

  private serveNext(socket: Socket): void {
    const waiting = this.waiting.get(socket);
    const next = waiting?.shift();
    if (next === undefined || socket.destroyed) {
      this.waiting.delete(socket);
      return;
    }
    if (waiting?.length === 0) socket.resume();
    next();
  }
}
