import type { CertificateDetail } from './certificate-detail';
import type { CertificatePurpose } from './credential-slot';

/** The facts of a certificate that restrict what it may be used for. */
export type CertificateUsage = Pick<
  CertificateDetail,
  'extendedKeyUsage' | 'unknownCritical' | 'notBefore' | 'notAfter'
>;

/** The extended key usage that Go's verification asks for, and what fails without it. */
const REQUIRED: Readonly<Record<CertificatePurpose, { readonly usage: string; readonly without: string }>> = {
  'agent-ca': {
    usage: 'clientAuth',
    without: "Its extended key usage doesn't include client authentication, so it can't verify an agent.",
  },
  'server-ca': {
    usage: 'serverAuth',
    without:
      "Its extended key usage doesn't include server authentication, so it can't verify an API server.",
  },
  'client-certificate': {
    usage: 'clientAuth',
    without: "Its extended key usage doesn't include client authentication, so an API server rejects it.",
  },
};

/**
 * Returns why a certificate can't serve its purpose at any time because of its dates or extensions, or null if it can:
 * by the rules of Go's `x509.Certificate.Verify`, which the gateway, the control plane and the API server all use.
 */
export function usageObstacle(purpose: CertificatePurpose, certificate: CertificateUsage): string | null {
  if (isNeverValid(certificate)) return "It's never valid, because it ends before it begins.";
  const [unknown] = certificate.unknownCritical ?? [];
  if (unknown !== undefined)
    return `It has a critical extension that Go's verification doesn't know (${unknown}), so it's rejected.`;
  const { usage, without } = REQUIRED[purpose];
  return allowsUsage(certificate, usage) ? null : without;
}

/** Go reads such a certificate, and rejects it at any time. */
export function isNeverValid({
  notBefore,
  notAfter,
}: Pick<CertificateDetail, 'notBefore' | 'notAfter'>): boolean {
  return Date.parse(notAfter) < Date.parse(notBefore);
}

/** Like Go, takes an extension without any usage for none. */
function allowsUsage({ extendedKeyUsage: usages }: CertificateUsage, usage: string): boolean {
  return (
    usages === null || usages.length === 0 || [usage, 'any', ANY_USAGE].some((one) => usages.includes(one))
  );
}

/** anyExtendedKeyUsage. */
const ANY_USAGE = '2.5.29.37.0';
