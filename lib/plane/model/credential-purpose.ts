/** The purpose of a credential. It decides how the credential is checked and how its input looks. */
export const CREDENTIAL_PURPOSES = [
  /** Verifies the certificate that the agent presents when it connects. */
  'agent-ca',
  /** Verifies the API server that the control plane calls directly. */
  'server-ca',
  'client-certificate',
  'client-key',
  'bearer-token',
  'password',
  /** A secret unknown to Planeboard. */
  'other',
] as const;
export type CredentialPurpose = (typeof CREDENTIAL_PURPOSES)[number];

/** The name of a purpose within a sentence. */
export const PURPOSE_LABELS: Record<CredentialPurpose, string> = {
  'agent-ca': 'agent CA',
  'server-ca': 'API server CA',
  'client-certificate': 'client certificate',
  'client-key': 'private key',
  'bearer-token': 'bearer token',
  password: 'password',
  other: 'secret',
};

/** Returns whether the control plane presents a credential to sign in to a cluster that it calls directly. */
export function isSignIn(purpose: CredentialPurpose): boolean {
  return SIGN_IN.has(purpose);
}

const SIGN_IN: ReadonlySet<CredentialPurpose> = new Set([
  'client-certificate',
  'client-key',
  'bearer-token',
  'password',
]);
