import 'server-only';
import { acceptedEncoding, type ContentEncoding } from '@/lib/server/http/content-encoding';

/** How a reader gets a stream. */
export interface StreamForm {
  readonly encoding: ContentEncoding;
  /**
   * Whether the stream ends after its first data. A proxy that holds live streams back passes such a short one on, so
   * a page behind it can poll.
   */
  readonly once: boolean;
}

/** A stream without compression that stays open. */
export const LIVE_STREAM: StreamForm = { encoding: 'identity', once: false };

/** Returns the form that a request asks for: `Accept-Encoding: gzip`, and `?once=true` for a stream that ends. */
export function streamFormOf(request: Request): StreamForm {
  return {
    encoding: acceptedEncoding(request.headers),
    once: new URL(request.url).searchParams.get('once') === 'true',
  };
}
