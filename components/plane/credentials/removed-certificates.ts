import { readTabStorage, writeTabStorage } from '@/lib/client/tab-storage';
import { isOnlyCertificates } from '@/lib/plane/credentials/recognise-material';
import { parseTimeMs } from '@/lib/plane/time/age';

/** Certificates that were removed from a bundle, stored until the tab closes so that they can be put back. */
export interface RemovedCertificates {
  readonly pem: string;
  /** When, RFC 3339 on the API server's clock. */
  readonly at: string;
}

/** Stores what was removed, or with null deletes it. Only certificates are ever stored. */
export function storeRemovedCertificates(
  planeUid: string,
  slot: string,
  removed: RemovedCertificates | null,
): void {
  if (removed && !isOnlyCertificates(removed.pem)) return;
  writeTabStorage(keyOf(planeUid, slot), removed);
}

/** What was removed last; null: nothing that this tab knows of. */
export function readRemovedCertificates(planeUid: string, slot: string): RemovedCertificates | null {
  const value = readTabStorage(keyOf(planeUid, slot));
  // Anything may have written to the storage.
  if (typeof value !== 'object' || value === null || !('pem' in value) || !('at' in value)) return null;
  const { pem, at } = value;
  if (typeof pem !== 'string' || typeof at !== 'string') return null;
  return isOnlyCertificates(pem) && parseTimeMs(at) !== null ? { pem, at } : null;
}

function keyOf(planeUid: string, slot: string): string {
  return `planeboard.removed.${planeUid}.${slot}`;
}
