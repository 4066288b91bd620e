/** What sort of certificate a plane depends on, which decides who renews it and what a renewal changes. */
export const CERTIFICATE_KINDS = ['own-ca', 'company-ca', 'pinned-leaf', 'issued'] as const;
export type CertificateKind = (typeof CERTIFICATE_KINDS)[number];

export const CERTIFICATE_KIND_LABELS: Record<CertificateKind, string> = {
  'own-ca': 'Own CA',
  'company-ca': 'Company CA',
  'pinned-leaf': 'Self-signed leaf',
  issued: 'Issued certificate',
};

/** What follows from the sort of a certificate. */
export const CERTIFICATE_KIND_MEANINGS: Record<CertificateKind, string> = {
  'own-ca': "A CA that issued itself and that only this plane uses. It outlives its agent's certificates.",
  'company-ca': 'A CA that several planes use, or that another CA issued. A change concerns them all.',
  'pinned-leaf': "The agent's own certificate. Its renewal breaks the registration.",
  issued: "A certificate that another CA issued and that isn't a CA itself.",
};

/**
 * Returns the sort of a certificate.
 *
 * @param isShared whether planes with another planeID depend on it too
 */
export function certificateKind(
  { isCa, issuer }: { readonly isCa: boolean; readonly issuer: string | null },
  isShared: boolean,
): CertificateKind {
  if (!isCa) return issuer === null ? 'pinned-leaf' : 'issued';
  return issuer === null && !isShared ? 'own-ca' : 'company-ca';
}
