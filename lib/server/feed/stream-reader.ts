import 'server-only';
import { type BodyEncoder, bodyEncoder } from './body-encoder';
import { requestedBody } from './requested-body';
import type { SharedBytes } from './shared-bytes';
import { RESUME_FRAME, RETRY_LINE } from './sse-frame';
import { LIVE_STREAM, type StreamForm } from './stream-form';
import { MAX_WAITING_BYTES } from './stream-limits';

/**
 * One reader of a stream. It takes frames as fast as its connection does, one at a time. When too much waits for it, all
 * of that is dropped and a last frame asks it to resume, which costs one frame with what it missed.
 */
export class StreamReader {
  readonly stream: ReadableStream<Uint8Array>;
  private readonly encoder: BodyEncoder;
  private waiting: SharedBytes[];
  /** How many of the waiting frames don't count: the first ones, which may be large, and the last. */
  private firstWaiting: number;
  private waitingBytes = 0;
  private begun = false;
  private ended = false;
  private cancelled = false;
  /** Whether the stream ends when nothing waits any more. */
  private endsWhenRead = false;
  private pulled: (() => void) | null = null;

  /**
   * @param onEnd called once, when the stream has ended for any reason; `dropped` when the reader was too slow
   * @param form how the body is encoded, and whether the stream ends after its first data
   */
  constructor(
    first: readonly SharedBytes[],
    private readonly onEnd: (dropped: boolean) => void,
    private readonly form: StreamForm = LIVE_STREAM,
  ) {
    this.waiting = [RETRY_LINE, ...first];
    this.firstWaiting = this.waiting.length;
    this.encoder = bodyEncoder(form.encoding);
    // This queue holds everything that waits.
    this.stream = requestedBody({
      pull: (controller) => this.pull(controller),
      cancel: () => this.cancel(),
    });
  }

  /** Queues a frame; never blocks. */
  send(frame: SharedBytes): void {
    if (this.ended) return;
    if (this.waitingBytes + frame.byteLength > MAX_WAITING_BYTES) {
      this.end(true);
      return;
    }
    this.waiting.push(frame);
    this.waitingBytes += frame.byteLength;
    this.wake();
  }

  /** Says that all data that a reader without a live stream gets are queued: its stream ends when they are read. */
  complete(): void {
    if (!this.form.once) return;
    this.endsWhenRead = true;
    this.wake();
  }

  /**
   * Ends the stream with a last frame that asks to resume. Waiting frames are dropped, because the reader gets their
   * contents then.
   */
  end(dropped = false, lastFrame = RESUME_FRAME): void {
    if (this.ended) return;
    this.waiting = [lastFrame];
    this.firstWaiting = 1;
    this.waitingBytes = 0;
    this.finish(dropped);
  }

  private cancel(): void {
    this.cancelled = true;
    this.waiting = [];
    this.finish(false);
  }

  private finish(dropped: boolean): void {
    if (this.ended) return;
    this.ended = true;
    this.onEnd(dropped);
    this.wake();
  }

  private async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    if (!this.begun) {
      this.begun = true;
      const begin = this.encoder.begin();
      if (begin) {
        controller.enqueue(begin);
        return;
      }
    }
    while (this.waiting.length === 0 && !this.ended) {
      // Only now has the connection taken everything, so a reader that takes nothing keeps its place.
      if (this.endsWhenRead) this.finish(false);
      else
        await new Promise<void>((resolve) => {
          this.pulled = resolve;
        });
    }
    const frame = this.waiting.shift();
    if (frame) {
      if (this.firstWaiting > 0) this.firstWaiting -= 1;
      else this.waitingBytes -= frame.byteLength;
      const bytes = await this.encoder.encode(frame);
      if (this.cancelled) return;
      controller.enqueue(bytes);
    }
    if (!this.ended || this.cancelled || this.waiting.length > 0) return;
    const end = this.encoder.end();
    if (end) controller.enqueue(end);
    controller.close();
  }

  private wake(): void {
    const { pulled } = this;
    this.pulled = null;
    pulled?.();
  }
}
