/** What a credential is for; decides how it is checked and what its input looks like. */
export const CREDENTIAL_PURPOSES = [
  /** Verifies the certificate that the agent shows when it dials in. */
  'agent-ca',
  /** Verifies the API server that the control plane calls directly. */
  'server-ca',
  'client-certificate',
  'client-key',
  'bearer-token',
  'password',
  /** A secret that Planeboard has never heard of. */
  'other',
] as const;
export type CredentialPurpose = (typeof CREDENTIAL_PURPOSES)[number];

/** Purposes whose material is a certificate, hence public. */
export const CERTIFICATE_PURPOSES = ['agent-ca', 'server-ca', 'client-certificate'] as const;
export type CertificatePurpose = (typeof CERTIFICATE_PURPOSES)[number];

/** A place in a kind's spec that takes a credential. */
export interface CredentialSlot {
  /** `path` joined with dots. */
  readonly id: string;
  /** Within the spec: `['clusterAgent', 'clientCA']`. */
  readonly path: readonly string[];
  readonly purpose: CredentialPurpose;
  /** `value-from`: inline `value` or a Secret's key. `base64` and `text`: a plain string field, which is always inline. */
  readonly form: 'value-from' | 'base64' | 'text';
  /** Of a `value-from`: what this release calls its reference. */
  readonly refField: 'secretRef' | 'secretKeyRef' | null;
}
