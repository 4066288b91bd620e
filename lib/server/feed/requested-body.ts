import 'server-only';
import { SECOND_MS } from '@/lib/plane/time/duration';

/** A connection requests a body as soon as its route has answered. */
const REQUEST_TIMEOUT_MS = 5 * SECOND_MS;

/** Where the bytes of a body come from. */
interface BodySource {
  readonly pull: (controller: ReadableStreamDefaultController<Uint8Array>) => Promise<void>;
  /** Called when nothing will be requested any more. */
  readonly cancel: () => void;
}

/**
 * Returns a body whose bytes are produced when its connection requests them. Next.js neither reads nor cancels the body
 * of a connection that was closed before its route answered, so a body that isn't requested in 5 s is cancelled.
 */
export function requestedBody({ pull, cancel }: BodySource): ReadableStream<Uint8Array> {
  const timer = setTimeout(cancel, REQUEST_TIMEOUT_MS);
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        clearTimeout(timer);
        return pull(controller).catch((error: unknown) => {
          cancel();
          throw error;
        });
      },
      cancel: () => {
        clearTimeout(timer);
        cancel();
      },
    },
    // Takes nothing before the connection requests it.
    { highWaterMark: 0 },
  );
}
