import { isAscii } from './certificate-name';
import { CertificateError, contextTag, type DerReader, explicitTag, TAG } from './der-reader';
import { isDomain, isMailbox } from './domain-syntax';
import { isIpAddress } from './uri-syntax';

const PROBLEM = 'invalid NameConstraints extension';

/**
 * Checks the names that a CA may issue certificates for, or may not.
 *
 * @returns whether Go handles all of them
 */
export function checkNameConstraints(der: DerReader): boolean {
  const content = der.read(TAG.sequence, PROBLEM);
  if (!der.isEmpty) throw new CertificateError(PROBLEM);
  const subtrees = [0, 1].flatMap((number) => content.optional(explicitTag(number), PROBLEM) ?? []);
  if (!content.isEmpty) throw new CertificateError(PROBLEM);
  if (subtrees.every(({ isEmpty }) => isEmpty))
    throw new CertificateError('empty name constraints extension');
  return subtrees.map(checkSubtrees).every(Boolean);
}

function checkSubtrees(subtrees: DerReader): boolean {
  let isHandled = true;
  while (!subtrees.isEmpty) {
    const { tag, content } = subtrees.read(TAG.sequence, PROBLEM).next(PROBLEM);
    isHandled = checkConstraint(tag, content.rest()) && isHandled;
  }
  return isHandled;
}

function checkConstraint(tag: number, value: Uint8Array): boolean {
  if (tag === contextTag(7)) {
    checkRange(value);
    return true;
  }
  const type = { [contextTag(1)]: 'rfc822Name', [contextTag(2)]: 'dnsName', [contextTag(6)]: 'URI' }[tag];
  if (type === undefined) return false;
  if (!isAscii(value)) throw new CertificateError('invalid constraint value');
  const text = String.fromCharCode(...value);
  const isValid =
    type === 'rfc822Name' && text.includes('@')
      ? isMailbox(text)
      : !(type === 'URI' && isIpAddress(text)) && isDomain(text, true);
  if (!isValid) throw new CertificateError(`failed to parse ${type} constraint`);
  return true;
}

/** An IP address and a mask of the same length: ones, then zeros. */
function checkRange(value: Uint8Array): void {
  if (value.length !== 8 && value.length !== 32)
    throw new CertificateError(`IP constraint contained value of length ${value.length}`);
  const mask = Array.from(value.subarray(value.length / 2), (byte) => byte.toString(2).padStart(8, '0'));
  if (!/^1*0*$/.test(mask.join(''))) throw new CertificateError('IP constraint contained invalid mask');
}
