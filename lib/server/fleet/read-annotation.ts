import 'server-only';
import { gunzipSync, inflateSync } from 'node:zlib';
import type { HiddenAnnotationText } from '@/lib/api/fleet';
import { isJsonObject } from '@/lib/plane/json/json';
import { maskedText } from '@/lib/plane/masking/masked-text';
import { compressedIn, isCopyOfResource, isOpaqueAnnotation } from '@/lib/plane/masking/opaque-annotation';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { ProblemError } from '@/lib/server/http/problem';
import type { Caller } from '@/lib/server/rights/caller';
import { readPlane } from './read-plane';

/** More than any annotation needs. Compressed data can be a thousand times as large as it looks. */
const MAX_DECOMPRESSED_BYTES = 2 ** 20;

/**
 * Reads one annotation that the plane's page leaves out, as the caller: decompressed, with every secret masked. Copies
 * that known tools keep of the resource are never shown.
 *
 * @param identity checked by `parsePlaneSegments`, because its parts become an API path
 * @throws KubeError; ProblemError `not-found` also for an annotation that isn't hidden
 */
export async function readHiddenAnnotation(
  caller: Caller,
  identity: PlaneIdentity,
  name: string,
): Promise<HiddenAnnotationText> {
  const { raw } = await readPlane(caller, identity);
  const metadata = isJsonObject(raw) && isJsonObject(raw.metadata) ? raw.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  const value = Object.hasOwn(annotations, name) ? annotations[name] : undefined;
  if (typeof value !== 'string' || isCopyOfResource(name) || !isOpaqueAnnotation(name, value))
    throw new ProblemError(
      'not-found',
      "This plane has no hidden annotation with this name. It may be a copy of the plane, which isn't shown.",
    );
  return { text: hiddenAnnotationText(value) };
}

/** Returns the text of a hidden value, decompressed, with every secret masked. */
export function hiddenAnnotationText(value: string): string {
  const compressed = compressedIn(value);
  if (compressed === null) return maskedText(value);
  const text = decompressed(Buffer.from(compressed, 'latin1'));
  // Data that can't be read may hold anything.
  return text === null ? UNREADABLE : maskedText(text);
}

const UNREADABLE = 'Compressed data that is larger than 1 MB or not gzip or zlib.';

function decompressed(bytes: Buffer): string | null {
  const options = { maxOutputLength: MAX_DECOMPRESSED_BYTES };
  try {
    const isGzip = bytes[0] === 0x1f;
    return (isGzip ? gunzipSync(bytes, options) : inflateSync(bytes, options)).toString('utf8');
  } catch {
    return null;
  }
}
