import 'server-only';
import type { CredentialReplacement } from '@/lib/api/credentials';
import { toBase64 } from '@/lib/base64';
import { type ReadCertificate, readBundle } from '@/lib/plane/certificates/read-bundle';
import { typedSentence } from '@/lib/plane/certificates/unreadable-block';
import { correctMaterial } from '@/lib/plane/credentials/correct-material';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import { writtenMaterial } from '@/lib/plane/credentials/written-material';
import { MASK } from '@/lib/plane/masking/mask';
import { joinList } from '@/lib/plane/model/text';
import { fingerprintOf } from '@/lib/server/certificates/certificate-detail';
import { pemOf, pemText, plainFingerprint } from '@/lib/server/certificates/pem-certificates';
import { invalidField, invalidFields } from '@/lib/server/http/problem';
import { BundleEdit, fingerprintsIn, withAppended } from './bundle-edit';

/**
 * Returns the material of a slot after a replacement, in the form that is written.
 *
 * Adding to a CA and removing from it change nothing else in its text. What can't be read stays or goes as the request
 * says, and isn't touched before it says so.
 *
 * @param current what is stored now; empty when nothing is
 * @throws ProblemError `invalid-field` with the path in the request
 */
export function newMaterial(slot: CredentialSlot, change: CredentialReplacement, current: string): string {
  if (change.action === 'replace') {
    if (change.unreadable !== undefined)
      throw invalidField(['unreadable'], 'A replacement overwrites everything. Leave this field out.');
    return givenMaterial(slot, change.text, ['text']);
  }
  if (current.includes('\ufffd'))
    throw invalidField(
      ['action'],
      "The stored text isn't UTF-8, so Planeboard can't keep the rest of it unchanged. Replace it instead.",
    );
  const edit = editOf(slot, current);
  const text = change.action === 'add' ? withAdded(slot, change, edit) : onlyKept(slot, change, edit);
  return slot.form === 'base64' ? toBase64(text) : text;
}

/** Returns what of a slot's new text is checked: of a CA, only the certificates that are read in it. */
export function checkableMaterial(slot: CredentialSlot, text: string): string {
  if (!isCa(slot)) return text;
  return editOf(slot, text)
    .certificates.map(({ der }) => pemOf(der))
    .join('');
}

/** Returns one sentence each about what is stored beside the certificates that a change is about. */
export function contentNotes(
  slot: CredentialSlot,
  { action, into, unreadable }: CredentialReplacement,
  current: string,
): string[] {
  if (!isCa(slot) || current.trim() === '') return [];
  const edit = editOf(slot, current);
  const blocks = unreadableText(edit);
  const others = joinList(edit.others);
  if (action === 'replace') {
    const lost = joinList([...edit.others, ...(blocks === null ? [] : [blocks])]);
    const isMoved = into !== undefined && into.source !== 'inline';
    return lost === '' || isMoved ? [] : [`This also removes what else is stored there: ${lost}.`];
  }
  const notes: string[] = [];
  if (others !== '')
    notes.push(
      into === undefined
        ? `Also stored there, and kept unchanged: ${others}.`
        : `Not copied to the new place: ${others}.`,
    );
  if (blocks !== null)
    notes.push(
      unreadable === 'drop' ? `This removes ${blocks}.` : `This keeps ${blocks}, which the gateway skips.`,
    );
  return notes;
}

function editOf(slot: CredentialSlot, text: string): BundleEdit {
  return new BundleEdit(slot.form === 'base64' ? pemText(text) : text);
}

/**
 * Checks the format of a text for a slot, and returns it in the form that is written. Of a CA, only the certificates
 * are written.
 *
 * @throws ProblemError `invalid-field`
 */
export function givenMaterial(
  slot: CredentialSlot,
  text: string | undefined,
  path: readonly string[],
): string {
  const given = text ?? '';
  const isAnyText = slot.purpose === 'password' || slot.purpose === 'other';
  if (isAnyText ? given === '' : given.trim() === '') throw invalidField(path, 'Enter the new value.');
  if (given.includes(MASK))
    throw invalidField(path, 'The mask stands for the stored value. Enter the new value.');
  const problem = materialProblem(slot.purpose, given);
  if (problem !== null) throw invalidField(path, problem);
  if (!isCa(slot)) return writtenMaterial(slot, given);
  return writtenMaterial(
    slot,
    givenCertificates(given, path)
      .map(({ der }) => pemOf(der))
      .join(''),
  );
}

/** The certificates of a typed CA, all of which must be readable once the text is corrected. */
function givenCertificates(text: string, path: readonly string[]): readonly ReadCertificate[] {
  const { certificates, unreadable, count } = readBundle(correctMaterial(text).text);
  const problems = unreadable.map((block) => ({ path, message: typedSentence(block, count) }));
  if (problems.length > 0) throw invalidFields(problems);
  if (certificates.length === 0) throw invalidField(path, 'No readable certificate found.');
  return certificates;
}

function unreadableText({ unreadable }: BundleEdit): string | null {
  if (unreadable.length === 0) return null;
  return unreadable.length === 1
    ? 'an unreadable certificate'
    : `${unreadable.length} unreadable certificates`;
}

function withAdded(slot: CredentialSlot, change: CredentialReplacement, edit: BundleEdit): string {
  if (slot.purpose !== 'agent-ca') {
    throw invalidField(
      ['action'],
      'Only an agent CA can be added to the current one. Replace this certificate instead.',
    );
  }
  const given = editOf(slot, givenMaterial(slot, change.text, ['text'])).certificates;
  const base = keptText(change, edit, () => true);
  return verified(withAppended(base, given), [...edit.certificates, ...given]);
}

function onlyKept(slot: CredentialSlot, change: CredentialReplacement, edit: BundleEdit): string {
  if (!isCa(slot)) throw invalidField(['action'], 'You can only remove certificates from a CA bundle.');
  if (change.text !== undefined && change.text !== '')
    throw invalidField(['text'], "You can't add a certificate while you remove others. Add it first.");
  const wanted = new Set((change.fingerprints ?? []).map(plainFingerprint));
  const isKept = ({ der }: ReadCertificate) => wanted.has(plainFingerprint(fingerprintOf(der)));
  const kept = edit.certificates.filter(isKept);
  if (kept.length === 0)
    throw invalidField(['fingerprints'], 'None of these certificates is stored here. Keep at least one.');
  if (kept.length < wanted.size) {
    const found = edit.certificates.map(({ der }) => fingerprintOf(der)).join(', ');
    throw invalidField(['fingerprints'], `Some of these certificates aren't stored here. Stored: ${found}.`);
  }
  return verified(keptText(change, edit, isKept), kept);
}

/** What is left of the stored text. In a new place, only certificates are written. */
function keptText(
  change: CredentialReplacement,
  edit: BundleEdit,
  isKept: (certificate: ReadCertificate) => boolean,
): string {
  if (edit.unreadable.length > 0 && change.unreadable === undefined) {
    const question = edit.unreadable.length === 1 ? 'Keep or remove it?' : 'Keep or remove them?';
    throw invalidField(['unreadable'], [...edit.unreadable, question].join(' '));
  }
  const dropsUnreadable = change.unreadable === 'drop';
  return change.into === undefined
    ? edit.keeping(isKept, dropsUnreadable)
    : edit.only(isKept, dropsUnreadable);
}

/** @param expected the certificates that the gateway must read in the new text, and no others */
function verified(text: string, expected: readonly ReadCertificate[]): string {
  const wanted = new Set(expected.map(({ der }) => fingerprintOf(der)));
  const found = fingerprintsIn(text);
  if (found.length !== wanted.size || !found.every((fingerprint) => wanted.has(fingerprint)))
    throw invalidField(
      ['action'],
      "The gateway couldn't read these certificates beside what else is stored. Replace the whole value instead.",
    );
  return text;
}

function isCa({ purpose }: CredentialSlot): boolean {
  return purpose === 'agent-ca' || purpose === 'server-ca';
}
