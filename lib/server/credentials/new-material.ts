import 'server-only';
import type { CredentialReplacement } from '@/lib/api/credentials';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import { writtenMaterial } from '@/lib/plane/credentials/written-material';
import { MASK } from '@/lib/plane/json/mask';
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
  if (isAnyText ? given === '' : given.trim() === '')
    throw invalidField(path, 'Enter what is to take its place.');
  if (given.includes(MASK))
    throw invalidField(path, 'The mask stands for what is stored: enter what is to take its place.');
  const problem = materialProblem(slot.purpose, given);
  if (problem !== null) throw invalidField(path, problem);
  if (slot.purpose !== 'agent-ca' && slot.purpose !== 'server-ca') return writtenMaterial(slot, given);
  const bundle = bundleOf(certificatesIn(given));
  if (bundle === '') throw invalidField(path, 'There is no certificate in this that can be read.');
  return writtenMaterial(slot, bundle);
}

function withAdded(slot: CredentialSlot, { text }: CredentialReplacement, current: string): string {
  if (slot.purpose !== 'agent-ca') {
    throw invalidField(
      ['action'],
      'Only certificates that verify an agent can stand beside each other: replace this one.',
    );
  }
  return bundleOf([...certificatesIn(current), ...certificatesIn(givenMaterial(slot, text, ['text']))]);
}

function onlyKept(slot: CredentialSlot, change: CredentialReplacement, current: string): string {
  if (slot.purpose !== 'agent-ca' && slot.purpose !== 'server-ca')
    throw invalidField(['action'], 'Only of a bundle of CA certificates can some be dropped.');
  if (change.text !== undefined && change.text !== '')
    throw invalidField(['text'], 'Nothing new is taken while certificates are dropped: add it first.');
  const wanted = new Set((change.fingerprints ?? []).map(plainFingerprint));
  const stored = certificatesIn(current);
  const kept = stored.filter((certificate) => wanted.has(plainFingerprint(certificate.fingerprint256)));
  if (kept.length === 0)
    throw invalidField(['fingerprints'], 'None of these certificates stands there: at least one must stay.');
  if (kept.length < wanted.size) {
    const found = fingerprintsOf(stored).join(', ');
    throw invalidField(['fingerprints'], `Not all of these certificates stand there. There are: ${found}.`);
  }
  return bundleOf(kept);
}
