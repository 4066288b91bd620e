import 'server-only';
import { RESUME_FRAME, RETRY_LINE } from './sse-frame';
import { MAX_WAITING_BYTES } from './stream-limits';

/**
 * One reader of a stream. It takes frames as fast as its connection does. When too much waits for it, all of that is
 * dropped and a last frame asks it to resume, which costs one frame with what it missed.
 */
export class StreamReader {
  readonly stream: ReadableStream<Uint8Array>;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private ended = false;
  private pulled: (() => void) | null = null;

  /** @param onEnd called once, when the stream has ended for any reason; `dropped` when the reader was too slow */
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
      // Takes nothing before the connection requests it, so this queue holds everything that waits.
      { highWaterMark: 0 },
    );
  }

  /** Queues a frame; never blocks. */
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

  /**
   * Ends the stream with a last frame that asks to resume. Waiting frames are dropped, because the reader gets their
   * contents then.
   */
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
