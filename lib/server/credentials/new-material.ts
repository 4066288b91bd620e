import 'server-only';
import type { CredentialReplacement } from '@/lib/api/credentials';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import { writtenMaterial } from '@/lib/plane/credentials/written-material';
import { MASK } from '@/lib/plane/masking/mask';
import {
  bundleOf,
  certificatesIn,
  fingerprintsOf,
  plainFingerprint,
} from '@/lib/server/certificates/pem-certificates';
import { invalidField } from '@/lib/server/http/problem';

/**
 * Returns the material of a slot after a replacement, in the form that is written.
 *
 * @param current what is stored now; empty when nothing readable is stored
 * @throws ProblemError `invalid-field` with the path in the request
 */
export function newMaterial(slot: CredentialSlot, change: CredentialReplacement, current: string): string {
  switch (change.action) {
    case 'replace':
      return givenMaterial(slot, change.text, ['text']);
    case 'add':
      return writtenMaterial(slot, withAdded(slot, change, current));
    case 'keep-only':
      return writtenMaterial(slot, onlyKept(slot, change, current));
  }
}

/**
 * Checks the format of a text for a slot, and returns it in the form that is written.
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
  if (slot.purpose !== 'agent-ca' && slot.purpose !== 'server-ca') return writtenMaterial(slot, given);
  const bundle = bundleOf(certificatesIn(given));
  if (bundle === '') throw invalidField(path, 'No readable certificate found.');
  return writtenMaterial(slot, bundle);
}

function withAdded(slot: CredentialSlot, { text }: CredentialReplacement, current: string): string {
  if (slot.purpose !== 'agent-ca') {
    throw invalidField(
      ['action'],
      'Only an agent CA can be added to the current one. Replace this certificate instead.',
    );
  }
  return bundleOf([...certificatesIn(current), ...certificatesIn(givenMaterial(slot, text, ['text']))]);
}

function onlyKept(slot: CredentialSlot, change: CredentialReplacement, current: string): string {
  if (slot.purpose !== 'agent-ca' && slot.purpose !== 'server-ca')
    throw invalidField(['action'], 'You can only remove certificates from a CA bundle.');
  if (change.text !== undefined && change.text !== '')
    throw invalidField(['text'], "You can't add a certificate while you remove others. Add it first.");
  const wanted = new Set((change.fingerprints ?? []).map(plainFingerprint));
  const stored = certificatesIn(current);
  const kept = stored.filter((certificate) => wanted.has(plainFingerprint(certificate.fingerprint256)));
  if (kept.length === 0)
    throw invalidField(['fingerprints'], 'None of these certificates is stored here. Keep at least one.');
  if (kept.length < wanted.size) {
    const found = fingerprintsOf(stored).join(', ');
    throw invalidField(['fingerprints'], `Some of these certificates aren't stored here. Stored: ${found}.`);
  }
  return bundleOf(kept);
}
