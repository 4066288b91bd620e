/** What a file holds as text, or a sentence on why that is nothing to paste. */
export type FileText = { readonly text: string } | { readonly problem: string };

/** Certificates and keys: a bundle of a hundred is still far below it. */
export const MATERIAL_LIMIT_BYTES = 256 * 1024;

/** DER's tag of a SEQUENCE, which certificates, keys and key stores all begin with. */
const DER_SEQUENCE = 0x30;
/** A DER length of one to four bytes is announced by 0x81 to 0x84; longer forms would exceed any file read here. */
const DER_LENGTH_FORMS = { first: 0x81, last: 0x84 } as const;
const DER_INTEGER = 0x02;
const PKCS12_VERSION = 3;

/**
 * Reads a file that was dropped or chosen. UTF-8 and the UTF-16 that PowerShell's `>` writes are both text. What is
 * no text is told apart as far as that helps.
 * @param limitBytes larger files are refused without being read
 */
export async function readTextFile(file: File, limitBytes: number): Promise<FileText> {
  if (file.size > limitBytes) return { problem: tooLarge(file.name, file.size, limitBytes) };
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return {
      problem: `${file.name} could not be read. A folder cannot be taken, nor a file that changed meanwhile.`,
    };
  }
  return decodeText(bytes, file.name);
}

/** The same limit for what is pasted; null when it is within. */
export function pasteProblem(text: string, limitBytes: number): string | null {
  const sizeBytes = new TextEncoder().encode(text).length;
  return sizeBytes > limitBytes ? tooLarge('What was pasted', sizeBytes, limitBytes) : null;
}

function tooLarge(name: string, sizeBytes: number, limitBytes: number): string {
  return `${name} is too large: ${kibibytes(sizeBytes)}, and at most ${kibibytes(limitBytes)} are taken.`;
}

function kibibytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KB`;
}

/** The text of bytes, or why they are none; `name` is how the sentence calls them. */
export function decodeText(bytes: Uint8Array, name: string): FileText {
  if (bytes.length === 0) return { problem: `${name} is empty.` };
  const der = derProblem(bytes, name);
  if (der !== null) return { problem: der };
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return { text };
  } catch {
    // Not this encoding's text; the sentence below says so.
  }
  return {
    problem: `${name} is a binary file. Text is expected: PEM, which begins with -----BEGIN, or base64.`,
  };
}

function derProblem(bytes: Uint8Array, name: string): string | null {
  const [tag, length] = bytes;
  if (tag !== DER_SEQUENCE || length === undefined) return null;
  if (length < DER_LENGTH_FORMS.first || length > DER_LENGTH_FORMS.last) return null;
  const content = 2 + (length - 0x80);
  if (bytes[content] === DER_INTEGER) {
    return bytes[content + 2] === PKCS12_VERSION
      ? `${name} is a PKCS#12 key store. Take what is needed out of it as PEM: openssl pkcs12 -in FILE -nokeys for its certificates, -nocerts -nodes for its key.`
      : `${name} is a private key in the binary DER form. Where a key is asked for, turn it into PEM: openssl pkey -inform der -in FILE`;
  }
  return `${name} is in the binary DER form. Turn it into PEM: openssl x509 -inform der -in FILE`;
}
