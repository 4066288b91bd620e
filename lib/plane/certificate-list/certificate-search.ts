import { planeTitle } from '@/lib/plane/model/display-name';
import type { Plane } from '@/lib/plane/model/plane';
import type { CertificateEntry, CertifiedPlane } from './certificate-entry';
import { CERTIFICATE_KIND_LABELS } from './certificate-kind';

type SearchedPlane = CertifiedPlane & Pick<Plane, 'name' | 'namespace' | 'displayName'>;

/**
 * Returns the entries that match every word of a search: in the plane's names, the certificate's subject and issuer, its
 * kind, its fingerprint, or the Secret that holds it.
 */
export function searchCertificates<P extends SearchedPlane>(
  entries: readonly CertificateEntry<P>[],
  search: string,
): readonly CertificateEntry<P>[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0
    ? entries
    : entries.filter((entry) => {
        const text = searchedText(entry);
        return words.every((word) => text.includes(word));
      });
}

function searchedText({ plane, label, place, certificate, kind }: CertificateEntry<SearchedPlane>): string {
  const { secret = null } = place ?? {};
  return [
    planeTitle(plane),
    plane.name,
    plane.namespace,
    plane.planeID,
    label,
    certificate?.subject,
    certificate?.issuer,
    certificate?.fingerprint,
    kind && CERTIFICATE_KIND_LABELS[kind],
    secret && `${secret.namespace}/${secret.name}`,
  ]
    .filter((text) => text !== null && text !== undefined)
    .join('\n')
    .toLowerCase();
}
