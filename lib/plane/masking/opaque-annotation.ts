import { fromBase64 } from '@/lib/base64';
import { MAX_SEARCHED_LENGTH } from './secret-text';

/** An annotation whose value isn't shown until someone opens it. */
export interface HiddenAnnotation {
  readonly name: string;
  readonly bytes: number;
}

/** A whole earlier version of the object, secrets included. Deprecated variants have the same ending. */
const COPY_NAME =
  /(^|[./])last-applied(-configuration)?$|^objectset\.rio\.cattle\.io\/applied$|^kapp\.k14s\.io\/original/;
/** Annotations whose contents are known: texts for people, and Planeboard's own. */
const OWN_NAME = /^openchoreo\.dev\/(display-name|description)$|^planeboard\.openchoreo\.dev\//;
/** Longer values of other tools are data, not texts for people. */
const MAX_UNKNOWN_LENGTH = 1024;
/** The first bytes of gzip, zip, zlib, zstd, xz and bzip2. */
const COMPRESSED = [
  '\x1f\x8b',
  'PK\x03\x04',
  'x\x01',
  'x\x9c',
  'x\xda',
  '\x28\xb5\x2f\xfd',
  '\xfd7zXZ',
  'BZh',
];
/** The start of JSON, also if it was cut or has several documents. */
const JSON_START = /^[\s\ufeff]*(?:\{\s*"|\[\s*[{["])/;
/** How often data may be encoded: base64 of base64, or JSON as a text of JSON. */
const MAX_ENCODINGS = 3;

/**
 * Returns whether an annotation is one in which a known tool keeps a copy of the resource. Copies of unknown tools are data
 * like any other, so that nothing disappears unmentioned.
 */
export function isCopyOfResource(name: string): boolean {
  return COPY_NAME.test(name);
}

/**
 * Returns whether an annotation's value is data that may contain secrets in any form: a long value, or JSON or
 * compressed data, plain or in base64.
 */
export function isOpaqueAnnotation(name: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (OWN_NAME.test(name)) return value.length > MAX_SEARCHED_LENGTH;
  return value.length > MAX_UNKNOWN_LENGTH || isOpaqueText(value);
}

/** Returns whether a text is JSON or compressed data, plain or in base64. */
export function isOpaqueText(text: string): boolean {
  const found = encodings(text);
  // What is encoded even more often isn't read.
  if (found.length > MAX_ENCODINGS && innerText(found.at(-1) ?? '') !== null) return true;
  return jsonIn(text) !== undefined || compressedIn(text) !== null || found.some(isCutJson);
}

/** Returns whether a text begins like JSON and can't be parsed: it was cut, or has several documents. */
function isCutJson(text: string): boolean {
  return JSON_START.test(text) && parsedJson(text) === undefined;
}

/** Returns the JSON object or list that a text is, plain or encoded, or undefined for any other text. */
export function jsonIn(text: string): unknown {
  for (const encoding of encodings(text)) {
    const json = parsedJson(encoding);
    if (typeof json === 'object' && json !== null) return json;
  }
  return undefined;
}

/** Returns the compressed data that a text is in base64, one character a byte, or null for any other text. */
export function compressedIn(text: string): string | null {
  for (const encoding of encodings(text)) {
    const bytes = base64Bytes(encoding);
    if (bytes !== null && COMPRESSED.some((start) => bytes.startsWith(start))) return bytes;
  }
  return null;
}

/** Returns a text, and what it is base64 or a JSON text of. */
function encodings(text: string): string[] {
  const found = [text];
  for (let inner = innerText(text); inner !== null && found.length <= MAX_ENCODINGS; inner = innerText(inner))
    found.push(inner);
  return found;
}

function innerText(text: string): string | null {
  const json = /^\s*"/.test(text) ? parsedJson(text) : undefined;
  if (typeof json === 'string') return json;
  const bytes = base64Bytes(text);
  return bytes && new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}

function base64Bytes(text: string): string | null {
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
}

function parsedJson(text: string): unknown {
  if (!/^[\s\ufeff]*["[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

/** Describes a hidden value by its size: `12 KB, not shown`, or `12 KB, secrets masked` once it is shown. */
export function hiddenText(bytes: number, isShown = false): string {
  const size = bytes < 1024 ? `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}` : `${Math.round(bytes / 1024)} KB`;
  return `${size}, ${isShown ? 'secrets masked' : 'not shown'}`;
}
