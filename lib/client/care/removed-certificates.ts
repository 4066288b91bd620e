import { isOnlyCertificates } from '@/lib/plane/material/only-certificates';

/** What was dropped from a bundle last, kept for as long as this tab lives, so that it can be put back. */
const PREFIX = 'planeboard.removed.';

/** Remembers certificates that were dropped, as PEM. Nothing but certificates is ever kept. */
export function rememberRemoved(planeUid: string, slot: string, pem: string): void {
  if (!isOnlyCertificates(pem)) return;
  try {
    window.sessionStorage.setItem(keyOf(planeUid, slot), pem);
  } catch {
    // A browser that forbids storage remembers nothing; the certificate is still where it came from.
  }
}

/** What was dropped last; null: nothing that this tab knows of. */
export function removedCertificates(planeUid: string, slot: string): string | null {
  try {
    const pem = window.sessionStorage.getItem(keyOf(planeUid, slot));
    return pem !== null && isOnlyCertificates(pem) ? pem : null;
  } catch {
    return null;
  }
}

export function forgetRemoved(planeUid: string, slot: string): void {
  try {
    window.sessionStorage.removeItem(keyOf(planeUid, slot));
  } catch {
    // As above.
  }
}

function keyOf(planeUid: string, slot: string): string {
  return `${PREFIX}${planeUid}.${slot}`;
}
