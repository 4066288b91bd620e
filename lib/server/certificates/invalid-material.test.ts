import { beforeAll, describe, expect, test } from 'vitest';
import { isCertificatePurpose } from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import type { CredentialPurpose } from '@/lib/plane/model/credential-purpose';
import { base64, createInvalidMaterial, type InvalidMaterial } from '@/testing/plane/invalid-material';
import { inspectCertificate } from './inspect-certificate';

let material: InvalidMaterial;
beforeAll(async () => {
  material = await createInvalidMaterial();
});

/** Real material in the wrong field. `problem` is the whole message beside the field. */
interface Wrong {
  readonly what: string;
  readonly typed: (material: InvalidMaterial) => string;
  readonly problem: string | ((material: InvalidMaterial) => string);
}

const PEM_EXPECTED = 'Enter PEM text, which begins with -----BEGIN CERTIFICATE-----.';
const KEY_EXPECTED = 'Enter PEM text, which begins with -----BEGIN PRIVATE KEY-----.';
const KEY_STAYS = "This is a private key, which must stay where it's used. Enter the agent CA instead.";

const WRONG: Readonly<Partial<Record<CredentialPurpose, readonly Wrong[]>>> = {
  'agent-ca': [
    { what: 'a private key', typed: ({ good }) => good.key, problem: KEY_STAYS },
    { what: 'base64 of a private key', typed: ({ good }) => base64(good.key), problem: KEY_STAYS },
    {
      what: 'a certificate with its private key',
      typed: ({ good }) => `${good.ca}\n${good.key}`,
      problem: "This contains a private key. Paste only the agent CA. The key must stay where it's used.",
    },
    {
      what: 'an expired certificate',
      typed: ({ expired }) => expired,
      problem: ({ expiredOn }) => `It expired on ${expiredOn}.`,
    },
    {
      what: 'a certificate that is not valid yet',
      typed: ({ notYetValid }) => notYetValid,
      problem: ({ validFrom }) => `It isn't valid before ${validFrom}.`,
    },
    {
      what: 'a server certificate',
      typed: ({ serverOnly }) => serverOnly,
      problem: "Its extended key usage doesn't include client authentication, so it can't verify an agent.",
    },
    {
      what: 'a damaged certificate',
      typed: ({ damaged }) => damaged,
      problem: "The certificate can't be read: it's damaged or cut off.",
    },
    {
      what: 'a truncated certificate',
      typed: ({ cutOff }) => cutOff,
      problem: "The certificate can't be read: its END line is missing.",
    },
    {
      what: 'base64 of a DER certificate',
      typed: ({ der }) => der.toString('base64'),
      problem:
        'This is a base64-encoded certificate in binary format (DER). Paste it as PEM, with the BEGIN CERTIFICATE and END CERTIFICATE lines.',
    },
    {
      what: 'pasted binary data',
      typed: () => '\u0001\u0002\u0003 binary',
      problem: `This is a binary file. ${PEM_EXPECTED}`,
    },
    {
      what: 'a kubeconfig',
      typed: ({ kubeconfig }) => kubeconfig,
      problem: 'This is a kubeconfig. Enter the agent CA as PEM instead.',
    },
    {
      what: 'a certificate signing request',
      typed: () => '-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----',
      problem: 'This is a certificate request, not a certificate.',
    },
    { what: 'other text', typed: () => 'ca.crt', problem: `No certificate found. ${PEM_EXPECTED}` },
    {
      what: 'base64 of other text',
      typed: () => base64('hello, this is no certificate'),
      problem: `No certificate found. ${PEM_EXPECTED}`,
    },
  ],
  'client-certificate': [
    {
      what: 'an expired certificate',
      typed: ({ expired }) => expired,
      problem: ({ expiredOn }) => `It expired on ${expiredOn}.`,
    },
    {
      what: 'a server certificate',
      typed: ({ serverOnly }) => serverOnly,
      problem: "Its extended key usage doesn't include client authentication, so an API server rejects it.",
    },
  ],
  'server-ca': [
    {
      what: 'a client certificate',
      typed: ({ clientOnly }) => clientOnly,
      problem:
        "Its extended key usage doesn't include server authentication, so it can't verify an API server.",
    },
  ],
  'client-key': [
    {
      what: 'a certificate',
      typed: ({ good }) => good.certificate,
      problem: 'This is a certificate. Enter its private key instead.',
    },
    {
      what: 'a public key',
      typed: ({ publicKey }) => publicKey,
      problem: 'This is a public key. Enter the private key instead.',
    },
    {
      what: 'an encrypted key',
      typed: ({ encryptedKey }) => encryptedKey,
      problem:
        "This private key has a passphrase, which the control plane can't enter. Decrypt it: openssl pkey -in FILE -out decrypted.pem",
    },
    { what: 'other text', typed: () => 'tls.key', problem: `No private key found. ${KEY_EXPECTED}` },
  ],
  'bearer-token': [
    {
      what: 'PEM on one line',
      typed: ({ good }) => good.certificate.replaceAll('\n', ' '),
      problem: 'This is PEM (a certificate or a key). Enter a token instead.',
    },
  ],
};

/** The errors that a credential's field shows: the browser's own or, for material it accepts, the server's. */
async function errorsOf(purpose: CredentialPurpose, text: string): Promise<string[]> {
  const problem = materialProblem(purpose, text);
  if (problem !== null) return [problem];
  if (!isCertificatePurpose(purpose)) return [];
  return serverErrors({ purpose, certificate: { text } });
}

async function serverErrors(request: Parameters<typeof inspectCertificate>[0]): Promise<string[]> {
  const { findings } = await inspectCertificate(
    request,
    async () => ({ state: 'secret-missing' }),
    Date.now(),
  );
  return findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

for (const [purpose, cases] of Object.entries(WRONG) as [CredentialPurpose, readonly Wrong[]][]) {
  describe(purpose, () => {
    test.each(cases)('rejects $what', async ({ typed, problem }) => {
      const expected = typeof problem === 'string' ? problem : problem(material);
      expect(await errorsOf(purpose, typed(material))).toEqual([expected]);
    });
  });
}

test('the fields accept the material that belongs in them', async () => {
  const { good } = material;
  expect(await errorsOf('agent-ca', good.ca)).toEqual([]);
  expect(await errorsOf('agent-ca', base64(good.ca))).toEqual([]);
  expect(await errorsOf('server-ca', good.ca)).toEqual([]);
  expect(await errorsOf('client-certificate', good.certificate)).toEqual([]);
  expect(await errorsOf('client-key', good.key)).toEqual([]);
});

test('a client certificate is rejected with the key of another one, and accepted with its own', async () => {
  const { good, otherKey } = material;
  const pair = (key: string) =>
    serverErrors({
      purpose: 'client-certificate',
      certificate: { text: good.certificate },
      privateKey: { text: key },
    });
  expect(await pair(otherKey)).toEqual(["The private key doesn't match this certificate."]);
  expect(await pair(good.key)).toEqual([]);
});
