import { base64, type InvalidMaterial } from './invalid-material';

/** A text typed into an input, and the problem shown beside it. `what` completes the title "rejects ...". */
export interface InvalidText {
  readonly what: string;
  readonly typed: string | ((material: InvalidMaterial) => string);
  readonly problem: string | ((material: InvalidMaterial) => string);
}

const PEM_EXPECTED = 'Enter PEM text, which begins with -----BEGIN CERTIFICATE-----.';
const KEY_EXPECTED = 'Enter PEM text, which begins with -----BEGIN PRIVATE KEY-----.';
const LONG = 'a'.repeat(64);

export const NAMES: readonly InvalidText[] = [
  { what: 'capital letters', typed: 'Prod-EU', problem: 'Use only lowercase letters, such as prod-eu.' },
  {
    what: 'an underscore',
    typed: 'prod_eu',
    problem: 'Use dashes instead of underscores, such as prod-eu.',
  },
  { what: 'a space', typed: 'prod eu', problem: 'Use dashes instead of spaces.' },
  {
    what: 'an umlaut',
    typed: 'küche',
    problem: 'Use only lowercase letters, digits and dashes. "ü" isn\'t allowed.',
  },
  { what: 'a trailing dash', typed: 'prod-', problem: 'End with a letter or digit.' },
  { what: 'a leading dash', typed: '-prod', problem: 'Start with a letter or digit.' },
  { what: '254 characters', typed: 'a'.repeat(254), problem: 'Use at most 253 characters; this has 254.' },
  {
    what: 'a path',
    typed: '../prod',
    problem: 'Use only lowercase letters, digits and dashes. "/" isn\'t allowed.',
  },
];

const DNS_LABEL = 'Use only lowercase letters, digits and dashes. Start and end with a letter or digit.';
export const PLANE_IDS: readonly InvalidText[] = [
  { what: 'a dot', typed: 'prod.eu', problem: DNS_LABEL },
  { what: 'capital letters', typed: 'Prod', problem: DNS_LABEL },
  { what: '64 characters', typed: LONG, problem: 'Use at most 63 characters; this has 64.' },
];

export const AGENT_CAS: readonly InvalidText[] = [
  {
    what: 'a private key',
    typed: ({ good }) => good.key,
    problem: "This is a private key, which must stay where it's used. Enter the agent CA instead.",
  },
  {
    what: 'base64 of a private key',
    typed: ({ good }) => base64(good.key),
    problem: "This is a private key, which must stay where it's used. Enter the agent CA instead.",
  },
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
    problem: ({ validFrom }) => `It isn't valid before ${validFrom}`,
  },
  {
    what: 'a server certificate',
    typed: ({ serverOnly }) => serverOnly,
    problem: "Its extended key usage doesn't include client authentication, so it can't verify an agent.",
  },
  {
    what: 'a damaged certificate',
    typed: ({ damaged }) => damaged,
    problem: "The certificate is damaged and can't be read.",
  },
  {
    what: 'a truncated certificate',
    typed: ({ cutOff }) => cutOff,
    problem: 'The certificate is incomplete: its last line is missing.',
  },
  {
    what: 'base64 of a DER certificate',
    typed: ({ der }) => der.toString('base64'),
    problem:
      'This is a base64-encoded certificate in binary format (DER). Paste it as PEM, with the BEGIN CERTIFICATE and END CERTIFICATE lines.',
  },
  {
    what: 'pasted binary data',
    typed: '\u0001\u0002\u0003 binary',
    problem: `This is a binary file. ${PEM_EXPECTED}`,
  },
  {
    what: 'a kubeconfig',
    typed: ({ kubeconfig }) => kubeconfig,
    problem: 'This is a kubeconfig. Enter the agent CA as PEM instead.',
  },
  {
    what: 'a certificate signing request',
    typed: '-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----',
    problem: 'This is a certificate request, not a certificate.',
  },
  { what: 'other text', typed: 'ca.crt', problem: `No certificate found. ${PEM_EXPECTED}` },
  {
    what: 'base64 of other text',
    typed: base64('hello, this is no certificate'),
    problem: `No certificate found. ${PEM_EXPECTED}`,
  },
];

export const HOSTS: readonly InvalidText[] = [
  {
    what: 'a URL',
    typed: 'https://api.example.com',
    problem: 'Remove https:// and enter only the host name, such as api.example.com.',
  },
  {
    what: 'a port',
    typed: 'api.example.com:443',
    problem: 'Remove the port and enter only the host name, such as api.example.com.',
  },
  {
    what: 'a path',
    typed: 'api.example.com/v1',
    problem: 'Remove the path and enter only the host name, such as api.example.com.',
  },
  {
    what: 'capital letters',
    typed: 'API.example.com',
    problem: 'Use only lowercase letters, such as api.example.com.',
  },
  {
    what: 'consecutive dots',
    typed: 'api..example.com',
    problem: "Don't use two dots in a row.",
  },
  { what: 'a space', typed: 'api example.com', problem: "A host name can't contain spaces." },
  {
    what: 'an incomplete IPv4 address',
    typed: '10.0.0',
    problem: 'Enter a host name or a complete IPv4 address.',
  },
];

const PORT = 'A port is a whole number from 1 to 65535.';
export const PORTS: readonly InvalidText[] = [
  { what: 'zero', typed: '0', problem: PORT },
  { what: 'a number above 65535', typed: '65536', problem: PORT },
  { what: 'a word', typed: 'https', problem: PORT },
  { what: 'a fraction', typed: '80.5', problem: PORT },
];

export const WEB_URLS: readonly InvalidText[] = [
  {
    what: 'a missing scheme',
    typed: 'observer.example.com',
    problem: 'Start with https:// or http://, such as https://observer.example.com.',
  },
  {
    what: 'another scheme',
    typed: 'ftp://observer.example.com',
    problem: 'Start with https:// or http:// instead of ftp://.',
  },
  {
    what: 'a password',
    typed: 'https://me:secret@observer.example.com',
    problem: "Remove the username and password. URLs aren't secret.",
  },
  {
    what: 'an impossible port',
    typed: 'https://observer.example.com:99999',
    problem: 'A port is a number from 1 to 65535.',
  },
];

export const SERVERS: readonly InvalidText[] = [
  {
    what: 'plain HTTP',
    typed: 'http://k8s.example.com:6443',
    problem: 'Start with https:// instead of http://.',
  },
  { what: 'a space', typed: 'https://k8s example.com', problem: "A URL can't contain spaces." },
];

export const CLIENT_KEYS: readonly InvalidText[] = [
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
  { what: 'other text', typed: 'tls.key', problem: `No private key found. ${KEY_EXPECTED}` },
];

export const TOKENS: readonly InvalidText[] = [
  { what: 'spaces', typed: 'abc def', problem: 'A token is a single line without spaces.' },
  {
    what: 'the word Bearer',
    typed: 'Bearer abc.def',
    problem: 'Enter only the token, without "Bearer".',
  },
  {
    what: 'PEM',
    typed: ({ good }) => good.certificate.replaceAll('\n', ' '),
    problem: 'This is PEM (a certificate or a key). Enter a token instead.',
  },
  {
    what: 'accented letters',
    typed: 'jeton-é',
    problem: 'A token contains only letters without accents, digits and punctuation.',
  },
];

export const REGISTRIES: readonly InvalidText[] = [
  {
    what: 'a URL',
    typed: 'https://docker.io/myorg',
    problem: 'Remove https:// and enter only the host and path, such as docker.io/myorg.',
  },
  { what: 'a trailing slash', typed: 'docker.io/myorg/', problem: 'Remove the trailing slash.' },
];

export const SECRET_KEYS: readonly InvalidText[] = [
  {
    what: 'a slash',
    typed: 'tls/ca.crt',
    problem: 'Use only letters, digits, dashes, underscores and dots.',
  },
  { what: 'only dots', typed: '..', problem: "A key can't be a single dot or start with two dots." },
];
