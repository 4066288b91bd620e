import 'server-only';
import { RESUME_FRAME, RETRY_LINE } from './sse-frame';
import { MAX_WAITING_BYTES } from './stream-limits';

/**
 * One reader of a stream. It takes frames as fast as its connection does; when too much waits for it, all of that is
 * dropped and a last frame asks it to resume, which costs it one frame with what it missed.
 */
export class StreamReader {
  readonly stream: ReadableStream<Uint8Array>;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private ended = false;
  private pulled: (() => void) | null = null;

  /** @param onEnd called once, when it is gone for whatever reason; `dropped` when it was too slow */
  constructor(
    first: readonly Uint8Array[],
    private readonly onEnd: (dropped: boolean) => void,
  ) {
    this.waiting = [RETRY_LINE, ...first];
    this.stream = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => this.pull(controller),
        cancel: () => this.finish(false),
      },
      // Nothing is taken before the connection asks for it, so that what waits here is all that waits.
      { highWaterMark: 0 },
    );
  }

  /** Hands over a frame; never blocks. */
  send(frame: Uint8Array): void {
    if (this.ended) return;
    if (this.waitingBytes + frame.byteLength > MAX_WAITING_BYTES) {
      this.end(true);
      return;
    }
    this.waiting.push(frame);
    this.waitingBytes += frame.byteLength;
    this.wake();
  }

  /** Ends the stream after a last frame, which asks to resume; what waits is dropped, as the reader gets it then. */
  end(dropped = false, lastFrame = RESUME_FRAME): void {
    if (this.ended) return;
    this.waiting = [lastFrame];
    this.waitingBytes = 0;
    this.finish(dropped);
  }

  private finish(dropped: boolean): void {
    if (this.ended) return;
    this.ended = true;
    this.onEnd(dropped);
    this.wake();
  }

  private async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    while (this.waiting.length === 0 && !this.ended) {
      await new Promise<void>((resolve) => {
        this.pulled = resolve;
      });
    }
    for (const frame of this.waiting) controller.enqueue(frame);
    this.waiting = [];
    this.waitingBytes = 0;
    if (this.ended) controller.close();
  }

  private wake(): void {
    const { pulled } = this;
    this.pulled = null;
    pulled?.();
  }
}
