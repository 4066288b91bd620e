import 'server-only';
import type { Draft } from '@/lib/plane/registration/draft';

/** A data plane whose agent's CA goes into a new Secret, as an example of a registration. */
export const EXAMPLE_DRAFT: Draft = {
  id: '8f3b0a52-6c1e-4b8e-9c55-2f1a7d3c9e10',
  plural: 'dataplanes',
  namespace: 'acme',
  name: 'staging',
  displayName: 'Staging',
  description: '',
  connection: 'agent',
  auth: 'mtls',
  spec: { planeID: 'acme-staging' },
  credentials: {
    'clusterAgent.clientCA': {
      source: 'new-secret',
      text: '-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n',
      namespace: '',
      name: 'staging-agent-ca',
      key: 'ca.crt',
    },
  },
};
