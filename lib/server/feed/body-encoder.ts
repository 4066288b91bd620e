import 'server-only';
import type { ContentEncoding } from '@/lib/server/http/content-encoding';
import { appendCrc } from './gzip-crc';
import type { SharedBytes } from './shared-bytes';

/** A gzip header without name, time or operating system (RFC 1952). */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** An empty final block of deflate. */
const FINAL_BLOCK = Buffer.from([3, 0]);

/** Turns the pieces for one reader into the bytes of its body. All pieces are compressed elsewhere, once for all. */
export interface BodyEncoder {
  /** Returns the bytes before the first piece. */
  begin(): Uint8Array | null;
  encode(piece: SharedBytes): Uint8Array | Promise<Uint8Array>;
  /** Returns the bytes after the last piece. */
  end(): Uint8Array | null;
}

export function bodyEncoder(encoding: ContentEncoding): BodyEncoder {
  return encoding === 'gzip' ? new GzipEncoder() : PLAIN;
}

const PLAIN: BodyEncoder = { begin: () => null, encode: ({ plain }) => plain, end: () => null };

class GzipEncoder implements BodyEncoder {
  private crc = 0;
  private byteLength = 0;

  begin(): Uint8Array {
    return GZIP_HEADER;
  }

  async encode(piece: SharedBytes): Promise<Uint8Array> {
    const deflated = await piece.deflated();
    this.crc = appendCrc(this.crc, deflated);
    // The format counts modulo 2^32.
    this.byteLength = (this.byteLength + deflated.byteLength) % 2 ** 32;
    return deflated.bytes;
  }

  end(): Uint8Array {
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(this.crc, 0);
    trailer.writeUInt32LE(this.byteLength, 4);
    return Buffer.concat([FINAL_BLOCK, trailer]);
  }
}
