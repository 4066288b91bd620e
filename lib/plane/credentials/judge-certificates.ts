import { DAY_MS } from '@/lib/plane/time/duration';
import type { CertificateDetail, CertificateFinding } from './certificate-detail';
import { isNeverValid, usageObstacle } from './certificate-usage';
import type { CertificatePurpose } from './credential-slot';

/** The charts renew an agent's certificate 15 days before its end. Twice that leaves time to act. */
const WARNING_DAYS = 30;

/**
 * Returns what keeps certificates from working for a purpose (errors) and what will break later (warnings).
 *
 * The agent's CA is judged as the gateway uses it: by Go's verification for client authentication. Each of these
 * certificates is a trusted root, and the agent may present one of them itself.
 *
 * @param certificates in the order given; the first of a client certificate is the client's own
 * @param nowMs on the API server's clock
 * @param keyMatches whether the private key belongs to the first certificate; null if there is no key or it can't be
 *   read
 */
export function judgeCertificates(
  purpose: CertificatePurpose,
  certificates: readonly CertificateDetail[],
  nowMs: number,
  keyMatches: boolean | null,
): CertificateFinding[] {
  if (certificates.length === 0) return [error('No certificate found.')];
  const findings =
    purpose === 'client-certificate'
      ? clientFindings(certificates, nowMs)
      : poolFindings(purpose, certificates, nowMs);
  if (purpose === 'client-certificate' && keyMatches === false) {
    findings.push({
      severity: 'error',
      about: 'privateKey',
      message: "The private key doesn't match this certificate.",
    });
  }
  return findings;
}

function error(message: string): CertificateFinding {
  return { severity: 'error', about: 'certificate', message };
}

function warning(message: string): CertificateFinding {
  return { severity: 'warning', about: 'certificate', message };
}

/** Judges trusted certificates. One that works is enough, so problems with some of them are only warnings. */
function poolFindings(
  purpose: 'agent-ca' | 'server-ca',
  certificates: readonly CertificateDetail[],
  nowMs: number,
): CertificateFinding[] {
  const obstacles = certificates.map((one, index) =>
    obstacleTo(purpose, one, nowMs, nameOf(certificates, index)),
  );
  const isHopeless = obstacles.every((obstacle) => obstacle !== null);
  return certificates.flatMap((certificate, index) => {
    const obstacle = obstacles[index];
    if (obstacle) return isHopeless ? error(obstacle) : warning(obstacle);
    const name = nameOf(certificates, index);
    return futureFindings(purpose, certificate, nowMs).map((message) =>
      warning(name === null ? message : `${name}: ${message}`),
    );
  });
}

/** Names a certificate of a bundle; null if it's the only one. */
function nameOf({ length }: readonly CertificateDetail[], index: number): string | null {
  return length === 1 ? null : `Certificate ${index + 1} of ${length}`;
}

/** Returns why a trusted certificate can't verify anything now, or null if it can. */
function obstacleTo(
  purpose: 'agent-ca' | 'server-ca',
  certificate: CertificateDetail,
  nowMs: number,
  name: string | null,
): string | null {
  const dates = isNeverValid(certificate) ? null : dateObstacle(certificate, nowMs);
  if (dates !== null) return name === null ? dates : `${name}: ${dates}`;
  const usage = usageObstacle(purpose, certificate);
  return usage === null || name === null ? usage : `${name} can't be used. ${usage}`;
}

function dateObstacle(certificate: CertificateDetail, nowMs: number): string | null {
  if (Date.parse(certificate.notAfter) < nowMs) return `It expired on ${day(certificate.notAfter)}.`;
  if (Date.parse(certificate.notBefore) > nowMs)
    return `It isn't valid before ${moment(certificate.notBefore)}.`;
  return null;
}

function futureFindings(
  purpose: CertificatePurpose,
  certificate: CertificateDetail,
  nowMs: number,
): string[] {
  const messages: string[] = [];
  const expiry = expiryWarning(certificate, nowMs);
  if (expiry !== null) messages.push(expiry);
  if (certificate.isCa || purpose === 'client-certificate') return messages;
  if (purpose === 'server-ca') {
    messages.push(
      "It's a server certificate, not a CA. When the API server gets a new certificate, the control plane loses access to this cluster.",
    );
  } else if (certificate.selfSigned) {
    messages.push(
      "It's the agent's own self-signed certificate. The charts since release 0.9 renew it 15 days before it expires. After a renewal, the agent is rejected as soon as it restarts. When it's renewed, add the new certificate, restart the agent, and remove the old certificate.",
    );
  } else {
    messages.push(
      "It isn't a CA. An agent is accepted only with exactly this certificate, and rejected after a renewal. If a CA issued it, register that CA instead.",
    );
  }
  return messages;
}

function expiryWarning(certificate: CertificateDetail, nowMs: number): string | null {
  const leftMs = Date.parse(certificate.notAfter) - nowMs;
  if (leftMs > WARNING_DAYS * DAY_MS) return null;
  const days = Math.floor(leftMs / DAY_MS);
  const words = days < 1 ? 'in less than a day' : days === 1 ? 'in 1 day' : `in ${days} days`;
  return `It expires ${words}, on ${day(certificate.notAfter)}.`;
}

/** Judges the first of the client's certificates. The others are the chain that issued it. */
function clientFindings(certificates: readonly CertificateDetail[], nowMs: number): CertificateFinding[] {
  const [own] = certificates;
  if (!own) return [];
  const dates = isNeverValid(own) ? null : dateObstacle(own, nowMs);
  const findings =
    dates === null ? futureFindings('client-certificate', own, nowMs).map(warning) : [error(dates)];
  const usage = usageObstacle('client-certificate', own);
  if (usage !== null) findings.push(error(usage));
  if (own.isCa) {
    findings.push(warning("It's a CA, which is rarely used to sign in. Enter the client's own certificate."));
  }
  return findings;
}

/** Formats a date as `2026-03-10`, in UTC. */
function day(time: string): string {
  return isoOf(time).slice(0, 10);
}

/** Formats a time as `2026-03-10 12:00 UTC`. */
function moment(time: string): string {
  return `${isoOf(time).slice(0, 16).replace('T', ' ')} UTC`;
}

function isoOf(time: string): string {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? time : new Date(ms).toISOString();
}
