import { fromBase64 } from '@/lib/base64';
import { isJsonObject } from '@/lib/plane/json/json';
import { MAX_SEARCHED_LENGTH } from './secret-text';

/** An annotation whose value isn't shown until someone opens it. */
export interface HiddenAnnotation {
  readonly name: string;
  readonly bytes: number;
}

/** A whole earlier version of the object, secrets included. Deprecated variants have the same ending. */
const COPY_NAME =
  /(^|[./])last-applied(-configuration)?$|^objectset\.rio\.cattle\.io\/applied$|^kapp\.k14s\.io\/original/;
/** Annotations of OpenChoreo and Planeboard, whose contents are known. */
const OWN_NAME = /^([a-z0-9-]+\.)*openchoreo\.dev\//;
/** Longer values of other tools are data, not texts for people. */
const MAX_UNKNOWN_LENGTH = 1024;
/** The first bytes of gzip, zip and zlib. */
const COMPRESSED = ['\x1f\x8b', 'PK\x03\x04', 'x\x01', 'x\x9c', 'x\xda'];

/**
 * Returns whether an annotation holds a copy of the resource. Several tools store one: as JSON, or as base64 of it or of
 * a compressed form.
 */
export function isCopyOfResource(name: string, value: unknown): boolean {
  if (COPY_NAME.test(name)) return true;
  const json = typeof value === 'string' ? jsonIn(value) : undefined;
  return isJsonObject(json) && (Object.hasOwn(json, 'spec') || Object.hasOwn(json, 'apiVersion'));
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
  return jsonIn(text) !== undefined || compressedIn(text) !== null;
}

/** Returns the JSON object or list that a text is, plain or in base64, or undefined for any other text. */
export function jsonIn(text: string): unknown {
  const plain = parsedJson(text);
  if (plain !== undefined) return plain;
  const bytes = base64Bytes(text);
  if (bytes === null) return undefined;
  return parsedJson(new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))));
}

/** Returns the compressed data that a text is in base64, one character a byte, or null for any other text. */
export function compressedIn(text: string): string | null {
  const bytes = base64Bytes(text);
  return bytes !== null && COMPRESSED.some((start) => bytes.startsWith(start)) ? bytes : null;
}

function base64Bytes(text: string): string | null {
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
}

function parsedJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Describes a hidden value by its size: `12 KB, not shown`, or `12 KB, secrets masked` once it is shown. */
export function hiddenText(bytes: number, isShown = false): string {
  const size = bytes < 1024 ? `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}` : `${Math.round(bytes / 1024)} KB`;
  return `${size}, ${isShown ? 'secrets masked' : 'not shown'}`;
}
