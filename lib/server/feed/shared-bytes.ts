import 'server-only';
import { constants, crc32, deflateRaw, deflateRawSync } from 'node:zlib';
import { crcShift } from './gzip-crc';

/** A piece of a body as a part of a gzip stream: whole deflate blocks, and what the stream's checksum needs. */
export interface DeflatedPiece {
  readonly bytes: Uint8Array;
  /** The CRC-32 of the plain bytes. */
  readonly crc: number;
  /** The operator that moves the checksum of everything before past this piece. */
  readonly crcShift: number;
  /** Of the plain bytes. */
  readonly byteLength: number;
}

/** Larger pieces are compressed outside the main thread. */
const MAX_SYNC_BYTES = 32 * 1024;

/** Ends at a byte boundary, with no final block: another piece can follow. */
const OPTIONS = { finishFlush: constants.Z_SYNC_FLUSH };
/** Fewer and larger steps for large pieces. */
const LARGE_OPTIONS = { ...OPTIONS, chunkSize: 256 * 1024 };

/**
 * Bytes that many readers receive. They are compressed at most once, by themselves, so that the result fits into any
 * reader's gzip stream. A reader then needs no compressor of its own, which would cost 256 KB and the time to compress
 * everything again.
 */
export class SharedBytes {
  private bytes: Uint8Array | null = null;
  private text: (() => string) | null;
  private piece: DeflatedPiece | Promise<DeflatedPiece> | null = null;

  /** @param text or a function that returns it, which is called once, when a reader has reached it */
  constructor(text: string | (() => string)) {
    this.text = typeof text === 'string' ? () => text : text;
    if (typeof text === 'string') void this.plain;
  }

  get plain(): Uint8Array {
    // A Buffer, because Node's HTTP server copies other byte arrays.
    this.bytes ??= Buffer.from(this.text?.() ?? '');
    this.text = null;
    return this.bytes;
  }

  get byteLength(): number {
    return this.plain.byteLength;
  }

  /** Returns the compressed piece: at once if it is small or known, otherwise when it is ready. */
  deflated(): DeflatedPiece | Promise<DeflatedPiece> {
    if (this.piece) return this.piece;
    if (this.byteLength <= MAX_SYNC_BYTES) {
      this.piece = this.pieceOf(deflateRawSync(this.plain, OPTIONS));
      return this.piece;
    }
    const compressing = new Promise<DeflatedPiece>((resolve, reject) => {
      deflateRaw(this.plain, LARGE_OPTIONS, (error, bytes) => {
        if (error) reject(error);
        else {
          const piece = this.pieceOf(bytes);
          this.piece = piece;
          resolve(piece);
        }
      });
    });
    this.piece = compressing;
    return compressing;
  }

  private pieceOf(bytes: Uint8Array): DeflatedPiece {
    const { plain, byteLength } = this;
    return { bytes, crc: crc32(plain), crcShift: crcShift(byteLength), byteLength };
  }
}
