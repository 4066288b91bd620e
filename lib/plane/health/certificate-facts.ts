import { AGENT_CA, credentialLabel } from './credential-wording';
import type { CertificateFact, PlaneFacts, SecretFact } from './health-facts';

type Facts = Pick<PlaneFacts, 'certificate' | 'credentials'>;

/** What is known of one certificate of a plane, or of a token that ends like one. */
export interface NamedCertificate {
  /** Within a sentence: `agent CA`, `client certificate`, `bearer token`. */
  readonly label: string;
  /** The credential's place in the spec; null: the CA that verifies the agent. */
  readonly slot: string | null;
  readonly fact: CertificateFact;
}

/**
 * Returns the certificates that a plane's connection depends on: the CA that verifies its agent or, with direct access,
 * those that the control plane uses, with the token if it says when it ends. At least one, which may be unchecked.
 */
export function certificatesOf({ certificate, credentials = [] }: Facts): NamedCertificate[] {
  const direct = credentials.flatMap((credential): NamedCertificate[] => {
    const fact = credential.kind === 'certificate' ? credential.fact : tokenFact(credential.fact);
    return fact === null ? [] : [{ label: credentialLabel(credential), slot: credential.slot, fact }];
  });
  return certificate.state === 'not-checked' && direct.length > 0
    ? direct
    : [{ label: AGENT_CA.label, slot: null, fact: certificate }, ...direct];
}

function tokenFact(fact: SecretFact): CertificateFact | null {
  if (fact.state !== 'present' || fact.notAfter === undefined) return null;
  const { notBefore = '', notAfter, obstacle } = fact;
  return {
    state: 'parsed',
    notBefore,
    notAfter,
    subject: 'JSON Web Token',
    selfSignedLeaf: false,
    count: 1,
    ...(obstacle === undefined ? {} : { obstacle }),
  };
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
