import 'server-only';
import type { CredentialReplacement } from '@/lib/api/credentials';
import { toBase64 } from '@/lib/base64';
import { type ReadCertificate, readBundle } from '@/lib/plane/certificates/read-bundle';
import { unreadableSentence } from '@/lib/plane/certificates/unreadable-block';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { mendMaterial } from '@/lib/plane/credentials/mend-material';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import { writtenMaterial } from '@/lib/plane/credentials/written-material';
import { MASK } from '@/lib/plane/masking/mask';
import { fingerprintOf } from '@/lib/server/certificates/certificate-detail';
import { pemOf, pemText, plainFingerprint } from '@/lib/server/certificates/pem-certificates';
import { invalidField, invalidFields } from '@/lib/server/http/problem';
import { BundleEdit, fingerprintsIn, withAppended } from './bundle-edit';

/** The material of a slot after a replacement. */
export interface ReplacedMaterial {
  /** In the form that is written. */
  readonly text: string;
  /** What there is to check: of a CA, only its certificates. */
  readonly checked: string;
  /** One sentence each about what else is stored in that place, and whether it stays. */
  readonly notes: readonly string[];
}

/**
 * Returns the material of a slot after a replacement.
 *
 * Adding to a CA and removing from it change nothing else in its text. What can't be read stays or goes as the request
 * says, and isn't touched before it says so.
 *
 * @param current what is stored now in the place that is changed; empty when nothing is
 * @throws ProblemError `invalid-field` with the path in the request
 */
export function newMaterial(
  slot: CredentialSlot,
  change: CredentialReplacement,
  current: string,
): ReplacedMaterial {
  if (change.action === 'replace') return replaced(slot, change, current);
  if (current.includes('\ufffd'))
    throw invalidField(
      ['action'],
      "The stored text isn't UTF-8, so Planeboard can't keep the rest of it unchanged. Replace it instead.",
    );
  const edit = new BundleEdit(slot.form === 'base64' ? pemText(current) : current);
  return change.action === 'add' ? added(slot, change, edit) : onlyKept(slot, change, edit);
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

/** The certificates of a typed CA, all of which must be readable once the text is mended. */
function givenCertificates(text: string, path: readonly string[]): readonly ReadCertificate[] {
  const { certificates, unreadable, count } = readBundle(mendMaterial(text).text);
  const problems = unreadable.map((block) => ({ path, message: unreadableSentence(block, count) }));
  if (problems.length > 0) throw invalidFields(problems);
  if (certificates.length === 0) throw invalidField(path, 'No readable certificate found.');
  return certificates;
}

function replaced(slot: CredentialSlot, change: CredentialReplacement, current: string): ReplacedMaterial {
  if (change.unreadable !== undefined)
    throw invalidField(['unreadable'], 'A replacement overwrites everything. Leave this field out.');
  const text = givenMaterial(slot, change.text, ['text']);
  if (!isCa(slot)) return { text, checked: text, notes: [] };
  const edit = new BundleEdit(pemText(current) || current);
  const goes = [...edit.others, ...unreadableText(edit)];
  const notes = goes.length === 0 ? [] : [`This also removes what else is stored there: ${goes.join(', ')}.`];
  return { text, checked: text, notes };
}

function unreadableText({ unreadable }: BundleEdit): string[] {
  if (unreadable.length === 0) return [];
  return [
    unreadable.length === 1 ? 'an unreadable certificate' : `${unreadable.length} unreadable certificates`,
  ];
}

function added(slot: CredentialSlot, change: CredentialReplacement, edit: BundleEdit): ReplacedMaterial {
  if (slot.purpose !== 'agent-ca') {
    throw invalidField(
      ['action'],
      'Only an agent CA can be added to the current one. Replace this certificate instead.',
    );
  }
  const given = readBundle(pemText(givenMaterial(slot, change.text, ['text']))).certificates;
  const base = keptText(change, edit, () => true);
  return edited(slot, change, edit, withAppended(base, given), [...edit.certificates, ...given]);
}

function onlyKept(slot: CredentialSlot, change: CredentialReplacement, edit: BundleEdit): ReplacedMaterial {
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
  return edited(slot, change, edit, keptText(change, edit, isKept), kept);
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
function edited(
  slot: CredentialSlot,
  change: CredentialReplacement,
  edit: BundleEdit,
  text: string,
  expected: readonly ReadCertificate[],
): ReplacedMaterial {
  const wanted = new Set(expected.map(({ der }) => fingerprintOf(der)));
  const found = fingerprintsIn(text);
  if (found.length !== wanted.size || !found.every((fingerprint) => wanted.has(fingerprint)))
    throw invalidField(
      ['action'],
      "The gateway couldn't read these certificates beside what else is stored. Replace the whole value instead.",
    );
  return {
    text: slot.form === 'base64' ? toBase64(text) : text,
    checked: readBundle(text)
      .certificates.map(({ der }) => pemOf(der))
      .join(''),
    notes: editNotes(change, edit),
  };
}

function editNotes({ into, unreadable }: CredentialReplacement, edit: BundleEdit): string[] {
  const { others } = edit;
  const notes: string[] = [];
  if (others.length > 0)
    notes.push(
      into === undefined
        ? `Also stored there: ${others.join(', ')}. It stays unchanged.`
        : `Not copied to the new place: ${others.join(', ')}.`,
    );
  const [what] = unreadableText(edit);
  if (what !== undefined)
    notes.push(
      unreadable === 'drop' ? `This removes ${what}.` : `This keeps ${what}, which the gateway skips.`,
    );
  return notes;
}

function isCa({ purpose }: CredentialSlot): boolean {
  return purpose === 'agent-ca' || purpose === 'server-ca';
}
