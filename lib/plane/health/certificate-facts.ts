import { AGENT_CA, credentialLabel } from './credential-wording';
import type { CertificateFact, PlaneFacts, SecretFact } from './health-facts';

type Facts = Pick<PlaneFacts, 'certificate' | 'credentials'>;

/** What is known of one certificate of a plane. */
export interface NamedCertificate {
  /** Within a sentence: `agent CA`, `client certificate`. */
  readonly label: string;
  readonly fact: CertificateFact;
}

/**
 * Returns the certificates that a plane's connection depends on: the CA that verifies its agent or, with direct access,
 * those that the control plane uses. At least one, which may be unchecked.
 */
export function certificatesOf({ certificate, credentials = [] }: Facts): NamedCertificate[] {
  const direct = credentials.flatMap((credential) =>
    credential.kind === 'certificate' ? [{ label: credentialLabel(credential), fact: credential.fact }] : [],
  );
  return certificate.state === 'not-checked' && direct.length > 0
    ? direct
    : [{ label: AGENT_CA.label, fact: certificate }, ...direct];
}

type SecretState = Exclude<SecretFact, { state: 'present' | 'not-checked' }>;

/** A key, token or password that can't be used. */
export interface UnusableSecret {
  readonly label: string;
  readonly state: SecretState['state'];
}

/** Returns the keys, tokens and passwords that can't be used. */
export function unusableSecrets({ credentials = [] }: Facts): UnusableSecret[] {
  return credentials.flatMap((credential) => {
    if (credential.kind !== 'secret') return [];
    const { state } = credential.fact;
    return state === 'present' || state === 'not-checked'
      ? []
      : [{ label: credentialLabel(credential), state }];
  });
}
