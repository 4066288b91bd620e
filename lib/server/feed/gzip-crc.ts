import 'server-only';

/**
 * CRC-32 of joined pieces from the checksums of the pieces, as zlib's `crc32_combine` does it: a checksum is a
 * polynomial over GF(2), and appending n bytes multiplies it by x^8n.
 */

/** The polynomial of CRC-32, its lowest power in the highest bit. */
const POLYNOMIAL = 0xedb88320;
/** The polynomial 1. */
const ONE = 0x80000000;

/** x^(2^n) for each n below 32; the powers repeat after that. */
const SQUARES: readonly number[] = (() => {
  const squares = [ONE >>> 1];
  for (let index = 1; index < 32; index += 1) {
    const last = squares[index - 1] ?? 0;
    squares.push(multiply(last, last));
  }
  return squares;
})();

function multiply(left: number, right: number): number {
  let product = 0;
  let factor = right;
  for (let bit = ONE; bit !== 0; bit >>>= 1) {
    if ((left & bit) !== 0) product ^= factor;
    factor = (factor & 1) === 0 ? factor >>> 1 : (factor >>> 1) ^ POLYNOMIAL;
  }
  return product >>> 0;
}

/** Returns the operator for a piece of that many bytes: x^(8 * byteLength). */
export function crcShift(byteLength: number): number {
  let shift = ONE;
  // x^8 is the third square.
  for (let rest = byteLength, index = 3; rest > 0; rest = Math.floor(rest / 2), index += 1)
    if (rest % 2 === 1) shift = multiply(SQUARES[index % 32] ?? ONE, shift);
  return shift;
}

/**
 * Returns the checksum of a text followed by a piece.
 *
 * @param crc the checksum of the text; 0 for an empty one
 */
export function appendCrc(crc: number, piece: { readonly crc: number; readonly crcShift: number }): number {
  return (multiply(piece.crcShift, crc) ^ piece.crc) >>> 0;
}
