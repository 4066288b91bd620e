import { PURPOSE_LABELS } from '@/lib/plane/model/credential-purpose';
import type { CredentialFact } from './health-facts';

/** How findings name a certificate, and what its problems cause. `it` is "it", "them" or "one of them". */
export interface CertificateWording {
  /** Within a sentence: `agent CA`. */
  readonly label: string;
  /** The same for several certificates: `CA bundle`. */
  readonly bundle: string;
  readonly absent: string;
  readonly expired: string;
  readonly partlyUnreadable: (it: string) => string;
  readonly partlyExpired: (it: string) => string;
}

/** The CA that verifies the agent. */
export const AGENT_CA: CertificateWording = {
  label: 'agent CA',
  bundle: 'CA bundle',
  absent: "The plane has no agent CA, so the gateway can't verify an agent.",
  expired: 'The gateway rejects an agent that reconnects.',
  partlyUnreadable: (it) => `The gateway skips ${it} and rejects an agent that depends on ${it}.`,
  partlyExpired: (it) => `the gateway rejects an agent that still depends on ${it} when it reconnects.`,
};

const SERVER_CA: CertificateWording = {
  label: 'API server CA',
  bundle: 'API server CA bundle',
  absent:
    'The plane has no API server CA, so the control plane trusts only an API server with a publicly trusted certificate.',
  expired: "The control plane rejects the cluster's API server.",
  partlyUnreadable: (it) => `The control plane skips ${it} and rejects an API server that depends on ${it}.`,
  partlyExpired: (it) => `the control plane rejects an API server that still depends on ${it}.`,
};

const CLIENT_CERTIFICATE: CertificateWording = {
  label: 'client certificate',
  bundle: 'client certificate',
  absent: "The plane has no client certificate, so the control plane can't sign in to its cluster.",
  expired: "The cluster's API server rejects the control plane.",
  partlyUnreadable: () => '',
  partlyExpired: () => '',
};

/** Returns how findings name a certificate that the control plane uses. */
export function certificateWording({
  purpose,
}: Extract<CredentialFact, { kind: 'certificate' }>): CertificateWording {
  return purpose === 'server-ca' ? SERVER_CA : CLIENT_CERTIFICATE;
}

/** Names a credential within a sentence: `bearer token`. */
export function credentialLabel({ purpose, slot }: Pick<CredentialFact, 'purpose' | 'slot'>): string {
  return purpose === 'other' ? `${PURPOSE_LABELS.other} ${slot}` : PURPOSE_LABELS[purpose];
}
