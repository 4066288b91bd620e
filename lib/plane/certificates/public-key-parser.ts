import { CertificateError, DerReader, TAG, unsigned } from './der-reader';

/** An AlgorithmIdentifier. `parameters` is the whole element; empty if there is none. */
export interface Algorithm {
  readonly oid: string;
  readonly parameters: Uint8Array;
}

export function readAlgorithm(der: DerReader): Algorithm {
  const oid = der.objectIdentifier('malformed OID');
  return { oid, parameters: der.isEmpty ? new Uint8Array() : der.next('malformed parameters').bytes };
}

const RSA = '1.2.840.113549.1.1.1';
const DSA = '1.2.840.10040.4.1';
const ECDSA = '1.2.840.10045.2.1';
const ED25519 = '1.3.101.112';

/** The curves that Go supports, y² = x³ - 3x + b modulo p. */
interface Curve {
  readonly octets: number;
  readonly p: bigint;
  readonly b: bigint;
}

const CURVES: Readonly<Record<string, Curve>> = {
  '1.3.132.0.33': {
    octets: 28,
    p: 2n ** 224n - 2n ** 96n + 1n,
    b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
  },
  '1.2.840.10045.3.1.7': {
    octets: 32,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  '1.3.132.0.34': {
    octets: 48,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  '1.3.132.0.35': {
    octets: 66,
    p: 2n ** 521n - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
};

/**
 * Checks a public key of an algorithm that Go knows. Go lets one of an unknown algorithm pass; nothing signed with it
 * can be verified.
 */
export function checkPublicKey({ oid, parameters }: Algorithm, key: Uint8Array): void {
  switch (oid) {
    case RSA:
      checkRsa(parameters, key);
      return;
    case ECDSA:
      checkEcdsa(parameters, key);
      return;
    case ED25519:
      if (parameters.length > 0) throw new CertificateError('Ed25519 key encoded with illegal parameters');
      if (key.length !== 32) throw new CertificateError('wrong Ed25519 public key size');
      return;
    case DSA:
      checkDsa(parameters, key);
      return;
  }
}

function checkRsa(parameters: Uint8Array, key: Uint8Array): void {
  const [tag, length, ...more] = parameters;
  if (tag !== 0x05 || length !== 0 || more.length > 0)
    throw new CertificateError('RSA key missing NULL parameters');
  const numbers = new DerReader(key).read(TAG.sequence, 'invalid RSA public key');
  const modulus = numbers.integer('invalid RSA modulus');
  const exponent = numbers.int64('invalid RSA public exponent');
  if (modulus <= 0n) throw new CertificateError('RSA modulus is not a positive number');
  if (exponent <= 0n) throw new CertificateError('RSA public exponent is not a positive number');
}

/** Only named curves: a certificate can't bring its own one, as `explicit` parameters do. */
function checkEcdsa(parameters: Uint8Array, key: Uint8Array): void {
  const curve = CURVES[new DerReader(parameters).objectIdentifier('invalid ECDSA parameters')];
  if (!curve) throw new CertificateError('unsupported elliptic curve');
  const { octets, p, b } = curve;
  const x = unsigned(key.subarray(1, 1 + octets));
  const y = unsigned(key.subarray(1 + octets));
  const isUncompressed = key[0] === 4 && key.length === 1 + 2 * octets;
  if (!isUncompressed || x >= p || y >= p || (y * y - (x * x * x - 3n * x + b)) % p !== 0n)
    throw new CertificateError('invalid ECDSA public key');
}

function checkDsa(parameters: Uint8Array, key: Uint8Array): void {
  const y = new DerReader(key).integer('invalid DSA public key');
  const problem = 'invalid DSA parameters';
  const numbers = new DerReader(parameters).read(TAG.sequence, problem);
  const all = [y, numbers.integer(problem), numbers.integer(problem), numbers.integer(problem)];
  if (all.some((number) => number <= 0n)) throw new CertificateError('zero or negative DSA parameter');
}
