import { expect, test } from 'vitest';
import { aPlane, NOW_MS, someFacts } from '@/testing/plane/plane-fixture';
import { credentialGroups } from './credential-groups';
import { deriveHealth } from './derive-health';
import type { CredentialFact } from './health-facts';

const missing = (slot: string, purpose: 'client-key' | 'bearer-token', secret: string): CredentialFact => ({
  kind: 'secret',
  slot,
  purpose,
  fact: { state: 'secret-missing', secret },
});

test('a missing Secret is reported once, with all credentials that it should hold', () => {
  const credentials: CredentialFact[] = [
    {
      kind: 'certificate',
      slot: 'clientCert',
      purpose: 'client-certificate',
      fact: { state: 'secret-missing', secret: 'acme/access' },
    },
    missing('clientKey', 'client-key', 'acme/access'),
    missing('token', 'bearer-token', 'acme/token'),
  ];
  expect(credentialGroups(credentials).map(({ label }) => label)).toEqual([
    'client certificate and private key',
    'bearer token',
  ]);
  const { state, reasons } = deriveHealth(aPlane(), someFacts({ credentials }), NOW_MS);
  expect(state).toBe('degraded');
  expect(reasons.map(({ message }) => message)).toEqual([
    "Secret acme/access, which should hold the client certificate and private key, doesn't exist.",
    "Secret acme/token, which should hold the bearer token, doesn't exist.",
  ]);
});
