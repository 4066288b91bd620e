import { base64, type InvalidMaterial } from './invalid-material';

/** A text typed into an input, and the problem shown beside it. `what` completes the title "rejects ...". */
export interface InvalidText {
  readonly what: string;
  readonly typed: string | ((material: InvalidMaterial) => string);
  readonly problem: string | ((material: InvalidMaterial) => string);
}

const PEM_EXPECTED = 'What is meant here is PEM text, which begins with -----BEGIN CERTIFICATE-----.';
const KEY_EXPECTED = 'What is meant here is PEM text, which begins with -----BEGIN PRIVATE KEY-----.';
const LONG = 'a'.repeat(64);

export const NAMES: readonly InvalidText[] = [
  { what: 'capital letters', typed: 'Prod-EU', problem: 'Use lower-case letters only, such as prod-eu.' },
  {
    what: 'an underscore',
    typed: 'prod_eu',
    problem: 'Write a dash instead of an underscore, such as prod-eu.',
  },
  { what: 'a space', typed: 'prod eu', problem: 'Leave out blanks; write a dash instead.' },
  {
    what: 'an umlaut',
    typed: 'küche',
    problem: 'Use only lower-case letters, digits and dashes: “ü” is not allowed.',
  },
  { what: 'a trailing dash', typed: 'prod-', problem: 'End with a letter or a digit.' },
  { what: 'a leading dash', typed: '-prod', problem: 'Begin with a letter or a digit.' },
  { what: '254 characters', typed: 'a'.repeat(254), problem: 'Use at most 253 characters; these are 254.' },
  {
    what: 'a path',
    typed: '../prod',
    problem: 'Use only lower-case letters, digits and dashes: “/” is not allowed.',
  },
];

const DNS_LABEL = 'Use lower-case letters, digits and dashes, beginning and ending with a letter or a digit.';
export const PLANE_IDS: readonly InvalidText[] = [
  { what: 'a dot', typed: 'prod.eu', problem: DNS_LABEL },
  { what: 'capital letters', typed: 'Prod', problem: DNS_LABEL },
  { what: '64 characters', typed: LONG, problem: 'Use at most 63 characters; these are 64.' },
];

export const AGENT_CAS: readonly InvalidText[] = [
  {
    what: 'a private key',
    typed: ({ good }) => good.key,
    problem:
      'This is a private key, which has to stay where it is used. What is meant here is the certificate that verifies the agent.',
  },
  {
    what: 'base64 of a private key',
    typed: ({ good }) => base64(good.key),
    problem:
      'This is a private key, which has to stay where it is used. What is meant here is the certificate that verifies the agent.',
  },
  {
    what: 'a certificate with its private key',
    typed: ({ good }) => `${good.ca}\n${good.key}`,
    problem:
      'There is a private key beside the certificate. Paste the certificate that verifies the agent alone: the key must stay where it is used.',
  },
  {
    what: 'an expired certificate',
    typed: ({ expired }) => expired,
    problem: ({ expiredOn }) => `It expired on ${expiredOn}.`,
  },
  {
    what: 'a certificate that is not valid yet',
    typed: ({ notYetValid }) => notYetValid,
    problem: ({ validFrom }) => `It is not valid before ${validFrom}`,
  },
  {
    what: 'a server certificate',
    typed: ({ serverOnly }) => serverOnly,
    problem: 'Its extended key usage does not include client authentication, so it cannot verify an agent.',
  },
  {
    what: 'a damaged certificate',
    typed: ({ damaged }) => damaged,
    problem: 'The certificate is damaged: it cannot be read.',
  },
  {
    what: 'a truncated certificate',
    typed: ({ cutOff }) => cutOff,
    problem: 'The certificate in this is not complete: its last line is missing.',
  },
  {
    what: 'base64 of a DER certificate',
    typed: ({ der }) => der.toString('base64'),
    problem:
      'This is base64 of a certificate in binary form (DER). Paste it as PEM, with its lines BEGIN CERTIFICATE and END CERTIFICATE.',
  },
  {
    what: 'pasted binary data',
    typed: '\u0001\u0002\u0003 binary',
    problem: `This is a binary file. ${PEM_EXPECTED}`,
  },
  {
    what: 'a kubeconfig',
    typed: ({ kubeconfig }) => kubeconfig,
    problem: 'This is a kubeconfig. What is meant here is the certificate that verifies the agent, as PEM.',
  },
  {
    what: 'a certificate signing request',
    typed: '-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----',
    problem: 'This is a certificate request, not a certificate.',
  },
  { what: 'other text', typed: 'ca.crt', problem: `There is no certificate in this. ${PEM_EXPECTED}` },
  {
    what: 'base64 of other text',
    typed: base64('hello, this is no certificate'),
    problem: `There is no certificate in this. ${PEM_EXPECTED}`,
  },
];

export const HOSTS: readonly InvalidText[] = [
  {
    what: 'a URL',
    typed: 'https://api.example.com',
    problem: 'Leave out https:// : a host name alone is meant, such as api.example.com.',
  },
  {
    what: 'a port',
    typed: 'api.example.com:443',
    problem: 'Leave out the port: a host name alone is meant, such as api.example.com.',
  },
  {
    what: 'a path',
    typed: 'api.example.com/v1',
    problem: 'Leave out the path: a host name alone is meant, such as api.example.com.',
  },
  {
    what: 'capital letters',
    typed: 'API.example.com',
    problem: 'Write host names in lower case: api.example.com.',
  },
  { what: 'consecutive dots', typed: 'api..example.com', problem: 'Two dots must not follow each other.' },
  { what: 'a space', typed: 'api example.com', problem: 'A host name has no blanks in it.' },
  {
    what: 'an incomplete IPv4 address',
    typed: '10.0.0',
    problem: 'This is neither a host name nor a complete IPv4 address.',
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
    problem: 'Begin with https:// or http://, such as https://observer.example.com.',
  },
  {
    what: 'another scheme',
    typed: 'ftp://observer.example.com',
    problem: 'Begin with https:// or http:// instead of ftp://.',
  },
  {
    what: 'a password',
    typed: 'https://me:secret@observer.example.com',
    problem: 'Leave out user name and password: a URL is shown to everybody.',
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
    problem: 'Begin with https:// instead of http://.',
  },
  { what: 'a space', typed: 'https://k8s example.com', problem: 'A URL has no blanks in it.' },
];

export const CLIENT_KEYS: readonly InvalidText[] = [
  {
    what: 'a certificate',
    typed: ({ good }) => good.certificate,
    problem: 'This is a certificate. What is meant here is the private key that belongs to it.',
  },
  {
    what: 'a public key',
    typed: ({ publicKey }) => publicKey,
    problem: 'This is a public key. What is meant here is the private key.',
  },
  {
    what: 'an encrypted key',
    typed: ({ encryptedKey }) => encryptedKey,
    problem:
      'This private key is protected by a passphrase, which the control plane cannot enter. Decrypt it with: openssl pkey -in FILE -out decrypted.pem',
  },
  { what: 'other text', typed: 'tls.key', problem: `There is no private key in this. ${KEY_EXPECTED}` },
];

export const TOKENS: readonly InvalidText[] = [
  { what: 'spaces', typed: 'abc def', problem: 'A token is one line without blanks.' },
  {
    what: 'the word Bearer',
    typed: 'Bearer abc.def',
    problem: 'Leave out the word Bearer: the token alone is meant.',
  },
  {
    what: 'PEM',
    typed: ({ good }) => good.certificate.replaceAll('\n', ' '),
    problem: 'This is PEM, a certificate or a key. What is meant here is a token.',
  },
  {
    what: 'accented letters',
    typed: 'jeton-é',
    problem: 'A token has only letters, digits and punctuation without accents.',
  },
];

export const REGISTRIES: readonly InvalidText[] = [
  {
    what: 'a URL',
    typed: 'https://docker.io/myorg',
    problem: 'Leave out https:// : host and path alone are meant, such as docker.io/myorg.',
  },
  { what: 'a trailing slash', typed: 'docker.io/myorg/', problem: 'Leave out the slash at the end.' },
];

export const SECRET_KEYS: readonly InvalidText[] = [
  {
    what: 'a slash',
    typed: 'tls/ca.crt',
    problem: 'A key has only letters, digits, dashes, underscores and dots.',
  },
  { what: 'only dots', typed: '..', problem: 'A key must not begin with two dots or be a single dot.' },
];
