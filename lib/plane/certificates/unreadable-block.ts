import type { PemFault } from './pem-parts';

/** A block that should hold a certificate and that the gateway can't read. Public: none of its content is in here. */
export interface UnreadableBlock {
  /** Its position among the blocks that hold or should hold a certificate, from 1. */
  readonly position: number;
  readonly label: string;
  /** The line of the text, from 1. */
  readonly line: number;
  /** The end of a sentence: `its serial number is negative`. */
  readonly problem: string;
}

const PEM_PROBLEMS: Readonly<Record<PemFault, string>> = {
  'no-end': 'its END line is missing',
  'no-begin': 'its BEGIN line is missing',
  joined: 'a line break is missing between it and the next block',
  'blank-before-begin': 'blanks or invisible characters precede its BEGIN line',
  'text-before-begin': 'other text precedes BEGIN on its line',
  'text-after-begin': 'other text follows BEGIN on its line',
  'end-in-line': 'other text precedes END on its line',
  'text-after-end': 'other text follows END on its line',
  'other-end': 'its END line has another label than its BEGIN line',
  dashes: "its BEGIN or END line doesn't have exactly five dashes on each side",
  base64: "it isn't valid base64",
  headers: 'it has header lines, and a certificate with header lines is skipped',
};

export function pemProblem(fault: PemFault): string {
  return PEM_PROBLEMS[fault];
}

/** Labels of blocks that hold certificates in another form, and how to get PEM out of them. */
const OTHER_FORMS: Readonly<Record<string, { readonly problem: string; readonly hint: string }>> = {
  'TRUSTED CERTIFICATE': {
    problem: "it's a TRUSTED CERTIFICATE, a format of OpenSSL's own",
    hint: 'Convert it: openssl x509 -in FILE -out certificate.pem',
  },
  PKCS7: {
    problem: "it's PKCS#7, which can hold several certificates",
    hint: 'Extract them: openssl pkcs7 -print_certs -in FILE -out certificates.pem',
  },
};

function otherForm(label: string) {
  return OTHER_FORMS[/PKCS|CMS/i.test(label) ? 'PKCS7' : label.toUpperCase()];
}

/** Returns what a block of another label is. */
export function labelProblem(label: string): string {
  return otherForm(label)?.problem ?? `its label is ${label} instead of CERTIFICATE`;
}

/** Go's reasons that people meet, by their beginning. */
const CERTIFICATE_PROBLEMS: readonly (readonly [RegExp, string])[] = [
  [/^negative serial number/, 'its serial number is negative'],
  [/^invalid ECDSA parameters/, 'its EC key has explicit parameters instead of a named curve'],
  [/^unsupported elliptic curve/, "its EC key is on a curve that isn't supported"],
  [/^invalid ECDSA public key/, 'its EC key is invalid'],
  [/RSA/, 'its RSA key is invalid'],
  [/Ed25519/, 'its Ed25519 key is invalid'],
  [/DSA/, 'its DSA key is invalid'],
  [/^trailing data/, 'more data follows the certificate in its block'],
  [/^malformed (?:certificate|tbs certificate|signature)$/, "it's damaged or cut off"],
  [/^(?:malformed|invalid) version/, 'its version is invalid'],
  [/^malformed serial number/, 'its serial number is malformed'],
  [/time format|malformed (?:UTCTime|GeneralizedTime|validity)/i, 'its dates are invalid'],
  [/^invalid RDNSequence|^malformed issuer/, 'its subject or issuer is malformed'],
  [/^inner and outer/, 'its two signature algorithms differ'],
  [/duplicate extension/, 'it has the same extension twice'],
  [/^cannot parse (?:URI|IP)|^SAN |subject alternative name/, 'its subject alternative names are malformed'],
  [/constraint/i, 'its constraints are malformed'],
];

/** @param goError Go's reason to reject the content of a block */
export function certificateProblem(goError: string): string {
  const known = CERTIFICATE_PROBLEMS.find(([pattern]) => pattern.test(goError));
  return known?.[1] ?? `it's malformed (${goError})`;
}

/**
 * Returns a sentence about an unreadable block: `Certificate 2 of 3 can't be read: its serial number is negative.`
 *
 * @param count the number of blocks among which it is
 */
export function unreadableSentence(block: NamedProblem, count: number): string {
  const which = count === 1 ? 'The certificate' : `Certificate ${block.position} of ${count}`;
  return `${which} can't be read: ${block.problem}.`;
}

/** Returns the sentence for a text that a person can replace, with the command that converts it if there is one. */
export function typedSentence(block: NamedProblem & { readonly label: string }, count: number): string {
  const hint = otherForm(block.label)?.hint;
  const sentence = unreadableSentence(block, count);
  return hint === undefined ? sentence : `${sentence} ${hint}`;
}

/** Returns why nothing can be read, to follow a colon: `its END line is missing.` */
export function nothingReadable(unreadable: readonly NamedProblem[], count: number): string {
  const [first] = unreadable;
  if (first === undefined) return 'it contains no PEM certificate.';
  return count === 1 ? `${first.problem}.` : `certificate ${first.position} of ${count}: ${first.problem}.`;
}

type NamedProblem = Pick<UnreadableBlock, 'position' | 'problem'>;
