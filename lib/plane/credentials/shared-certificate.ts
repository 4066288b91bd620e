import type { CertificateDetail } from './certificate-detail';

type Certificate = Pick<CertificateDetail, 'isCa'>;

/** Whether a person may accept that planes of other clusters have one of these certificates too: only a CA is shared on purpose. */
export function isSharedOnPurpose(certificates: readonly Certificate[]): boolean {
  return certificates.every(({ isCa }) => isCa);
}

/**
 * Says that planes of other clusters have one of a plane's certificates registered, and what that means, in sentences.
 *
 * @param planes how many other planes have one
 * @param certificates all certificates of the plane
 */
export function sharedCertificateText(planes: number, certificates: readonly Certificate[]): string {
  const who = planes === 1 ? 'Another plane has' : `${planes} other planes have`;
  if (isSharedOnPurpose(certificates))
    return `${who} this CA too. Planes that share a CA accept each other's agents, which is fine for your organization's CA.`;
  return certificates.length === 1
    ? `${who} this agent's own certificate too, so the planes accept each other's agents. Give each plane a CA of its own.`
    : `${who} one of these certificates too. Planes that share one accept each other's agents.`;
}
