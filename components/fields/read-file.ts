/** The text of a file, or a sentence that says why the file can't be used. */
export type FileText = { readonly text: string } | { readonly problem: string };

/** The limit for certificates and keys; a bundle of a hundred certificates is far below it. */
export const MATERIAL_LIMIT_BYTES = 256 * 1024;

/** DER's SEQUENCE tag, the first byte of certificates, keys and key stores. */
const DER_SEQUENCE = 0x30;
/** 0x81 to 0x84 announce a DER length of one to four bytes; more bytes would exceed any file read here. */
const DER_LENGTH_FORMS = { first: 0x81, last: 0x84 } as const;
const DER_INTEGER = 0x02;
const PKCS12_VERSION = 3;

/**
 * Reads a dropped or chosen file as UTF-8, or as UTF-16, which PowerShell's `>` writes. The problem of a binary file
 * names its format where that helps.
 * @param limitBytes larger files are rejected without being read
 */
export async function readTextFile(file: File, limitBytes: number): Promise<FileText> {
  if (file.size > limitBytes) return { problem: tooLarge(file.name, file.size, limitBytes) };
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return {
      problem: `Couldn't read ${file.name}. Choose a file, not a folder. If the file has changed, choose it again.`,
    };
  }
  return decodeText(bytes, file.name);
}

/** Applies the same limit to pasted text; null if the text is within it. */
export function pasteProblem(text: string, limitBytes: number): string | null {
  const sizeBytes = new TextEncoder().encode(text).length;
  return sizeBytes > limitBytes ? tooLarge('The pasted text', sizeBytes, limitBytes) : null;
}

function tooLarge(name: string, sizeBytes: number, limitBytes: number): string {
  return `${name} is too large (${kibibytes(sizeBytes)}). The limit is ${kibibytes(limitBytes)}.`;
}

function kibibytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KB`;
}

/** Decodes bytes as text, or says why they aren't text. @param name how the sentence refers to them */
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
    // Invalid in this encoding: reported below as a binary file.
  }
  return {
    problem: `${name} is a binary file. Choose a text file with PEM, which begins with -----BEGIN, or base64.`,
  };
}

function derProblem(bytes: Uint8Array, name: string): string | null {
  const [tag, length] = bytes;
  if (tag !== DER_SEQUENCE || length === undefined) return null;
  if (length < DER_LENGTH_FORMS.first || length > DER_LENGTH_FORMS.last) return null;
  const content = 2 + (length - 0x80);
  if (bytes[content] === DER_INTEGER) {
    return bytes[content + 2] === PKCS12_VERSION
      ? `${name} is a PKCS#12 key store. Extract PEM from it: openssl pkcs12 -in FILE -nokeys for the certificates, -nocerts -nodes for the key.`
      : `${name} is a private key in binary DER format. If this field needs a key, convert it to PEM: openssl pkey -inform der -in FILE`;
  }
  return `${name} is in binary DER format. Convert it to PEM: openssl x509 -inform der -in FILE`;
}
