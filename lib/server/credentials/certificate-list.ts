import 'server-only';
import type { CertificateList, CertificatePlace, StoredCertificate } from '@/lib/api/certificate-list';
import type { Caller } from '@/lib/server/rights/caller';
import { viewOf } from '@/lib/server/rights/view-of';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/**
 * Returns the certificates of the planes that the caller sees, as Planeboard's account last read them. Reads nothing
 * itself.
 *
 * @throws KubeError when the caller's rights can't be read
 */
export async function certificateList(caller: Caller): Promise<CertificateList> {
  const { engine, certificates } = getRuntime();
  const view = await viewOf(caller);
  const known = new Map<string, StoredCertificate>();
  const places: CertificatePlace[] = [];
  for (const plane of engine.planes()) {
    if (!view.sees(plane)) continue;
    for (const stored of certificates.storedCertificatesOf(plane.uid)) {
      const fingerprints = stored.certificates.map(({ fingerprint }) => fingerprint);
      places.push({ uid: plane.uid, slot: stored.slot, secret: stored.secret, fingerprints });
      for (const { notBeforeMs, notAfterMs, ...certificate } of stored.certificates) {
        if (known.has(certificate.fingerprint)) continue;
        const notBefore = new Date(notBeforeMs).toISOString();
        known.set(certificate.fingerprint, {
          ...certificate,
          notBefore,
          notAfter: new Date(notAfterMs).toISOString(),
        });
      }
    }
  }
  return { certificates: [...known.values()], places };
}
