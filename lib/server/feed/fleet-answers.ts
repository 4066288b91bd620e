import 'server-only';
import type { ContentEncoding } from '@/lib/server/http/content-encoding';
import { ProblemError } from '@/lib/server/http/problem';
import type { View } from '@/lib/server/rights/view';
import { bodyEncoder } from './body-encoder';
import { requestedBody } from './requested-body';
import { SharedBytes } from './shared-bytes';
import { MAX_FLEET_ANSWERS } from './stream-limits';

interface EncodedFleet {
  readonly json: string;
  readonly bytes: SharedBytes;
}

/**
 * Answers with the whole fleet: megabytes, encoded and compressed once for all who request the same revision at a time.
 * Only so many are sent at once, because a slow reader keeps its own.
 */
export class FleetAnswers {
  private readonly encoded = new Map<string, EncodedFleet>();
  private open = 0;

  /** @param snapshotJson the whole visible fleet as JSON; the same string while nothing changes */
  constructor(private readonly snapshotJson: (view: View) => string) {}

  /**
   * Returns the body of an answer.
   *
   * @throws ProblemError `too-many-readers`
   */
  body(view: View, encoding: ContentEncoding): ReadableStream<Uint8Array> {
    if (this.open >= MAX_FLEET_ANSWERS)
      throw new ProblemError('too-many-readers', 'Too many programs are reading all planes.');
    const bytes = this.encode(view);
    const encoder = bodyEncoder(encoding);
    const parts = [() => encoder.begin(), () => encoder.encode(bytes), () => encoder.end()];
    this.open += 1;
    let isOpen = true;
    const end = () => {
      if (isOpen) this.leave();
      isOpen = false;
    };
    return requestedBody({
      pull: async (controller) => {
        for (let part = parts.shift(); part; part = parts.shift()) {
          const chunk = await part();
          // Cancelled meanwhile.
          if (!isOpen) return;
          if (chunk) {
            controller.enqueue(chunk);
            return;
          }
        }
        controller.close();
        end();
      },
      cancel: end,
    });
  }

  private encode(view: View): SharedBytes {
    const json = this.snapshotJson(view);
    const known = this.encoded.get(view.key);
    if (known?.json === json) return known.bytes;
    const bytes = new SharedBytes(json);
    this.encoded.set(view.key, { json, bytes });
    return bytes;
  }

  private leave(): void {
    this.open -= 1;
    if (this.open === 0) this.encoded.clear();
  }
}
