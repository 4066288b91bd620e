import { readTabStorage, writeTabStorage } from '@/lib/client/tab-storage';
import { isOnlyCertificates } from '@/lib/plane/credentials/recognise-material';
import { parseTimeMs } from '@/lib/plane/time/age';

/** Certificates that were removed from a bundle, stored until the tab closes to allow undoing the removal. */
export interface RemovedCertificates {
  readonly pem: string;
  /** The time of the removal, RFC 3339 on the API server's clock. */
  readonly at: string;
}

/** Stores the removed certificates, or deletes them if null is passed. Never stores anything but certificates. */
export function storeRemovedCertificates(
  planeUid: string,
  slot: string,
  removed: RemovedCertificates | null,
): void {
  if (removed && !isOnlyCertificates(removed.pem)) return;
  writeTabStorage(keyOf(planeUid, slot), removed);
}

/** The certificates removed last in this tab; null if there are none. */
export function readRemovedCertificates(planeUid: string, slot: string): RemovedCertificates | null {
  const value = readTabStorage(keyOf(planeUid, slot));
  // Other scripts can write to the storage too.
  if (typeof value !== 'object' || value === null || !('pem' in value) || !('at' in value)) return null;
  const { pem, at } = value;
  if (typeof pem !== 'string' || typeof at !== 'string') return null;
  return isOnlyCertificates(pem) && parseTimeMs(at) !== null ? { pem, at } : null;
}

function keyOf(planeUid: string, slot: string): string {
  return `planeboard.removed.${planeUid}.${slot}`;
}
