import { isOnlyCertificates } from '@/lib/plane/credentials/only-certificates';
import { parseTimeMs } from '@/lib/plane/time/age';

/** Certificates that were dropped from a bundle, kept for as long as this tab lives, so that they can be put back. */
export interface Removed {
  readonly pem: string;
  /** When, RFC 3339 on the API server's clock. */
  readonly at: string;
}

const PREFIX = 'planeboard.removed.';

/** Remembers what was dropped, or with null forgets it. Nothing but certificates is ever kept. */
export function rememberRemoved(planeUid: string, slot: string, removed: Removed | null): void {
  if (removed && !isOnlyCertificates(removed.pem)) return;
  try {
    if (removed) window.sessionStorage.setItem(keyOf(planeUid, slot), JSON.stringify(removed));
    else window.sessionStorage.removeItem(keyOf(planeUid, slot));
  } catch {
    // A browser that forbids storage remembers nothing; the certificate is still where it came from.
  }
}

/** What was dropped last; null: nothing that this tab knows of. */
export function readRemoved(planeUid: string, slot: string): Removed | null {
  try {
    return parseRemoved(JSON.parse(window.sessionStorage.getItem(keyOf(planeUid, slot)) ?? 'null'));
  } catch {
    return null;
  }
}

/** Whatever stands in the storage may have been written by anything. */
function parseRemoved(value: unknown): Removed | null {
  if (typeof value !== 'object' || value === null || !('pem' in value) || !('at' in value)) return null;
  const { pem, at } = value;
  if (typeof pem !== 'string' || typeof at !== 'string') return null;
  return isOnlyCertificates(pem) && parseTimeMs(at) !== null ? { pem, at } : null;
}

function keyOf(planeUid: string, slot: string): string {
  return `${PREFIX}${planeUid}.${slot}`;
}
