import 'server-only';
import type { CredentialReplacement } from '@/lib/api/credentials';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { materialProblem } from '@/lib/plane/credentials/recognise-material';
import { writtenMaterial } from '@/lib/plane/credentials/written-material';
import { MASK } from '@/lib/plane/json/mask';
import { ProblemError } from '@/lib/server/http/problem';
import { bundleOf, certificatesIn, fingerprintsOf, plainFingerprint } from './certificate-bundle';

/**
 * What is to stand in a slot after a change, in the form in which it is written there.
 *
 * @param current what stands there now; empty where there is nothing that can be read
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

/** A text that was given for a slot, checked by its form. Throws a ProblemError `invalid-field`. */
export function givenMaterial(
  slot: CredentialSlot,
  text: string | undefined,
  path: readonly string[],
): string {
  const given = text ?? '';
  const isAnyText = slot.purpose === 'password' || slot.purpose === 'other';
  if (isAnyText ? given === '' : given.trim() === '') throw invalid(path, 'Enter what is to take its place.');
  if (given.includes(MASK))
    throw invalid(path, 'The mask stands for what is stored: enter what is to take its place.');
  const problem = materialProblem(slot.purpose, given);
  if (problem !== null) throw invalid(path, problem);
  if (slot.purpose !== 'agent-ca' && slot.purpose !== 'server-ca') return writtenMaterial(slot, given);
  const bundle = bundleOf(certificatesIn(given));
  if (bundle === '') throw invalid(path, 'There is no certificate in this that can be read.');
  return writtenMaterial(slot, bundle);
}

function withAdded(slot: CredentialSlot, { text }: CredentialReplacement, current: string): string {
  if (slot.purpose !== 'agent-ca') {
    throw invalid(
      ['action'],
      'Only certificates that verify an agent can stand beside each other: replace this one.',
    );
  }
  return bundleOf([...certificatesIn(current), ...certificatesIn(givenMaterial(slot, text, ['text']))]);
}

function onlyKept(slot: CredentialSlot, change: CredentialReplacement, current: string): string {
  if (slot.purpose !== 'agent-ca' && slot.purpose !== 'server-ca')
    throw invalid(['action'], 'Only of a bundle of CA certificates can some be dropped.');
  if (change.text !== undefined && change.text !== '')
    throw invalid(['text'], 'Nothing new is taken while certificates are dropped: add it first.');
  const wanted = new Set((change.fingerprints ?? []).map(plainFingerprint));
  const there = certificatesIn(current);
  const kept = there.filter((certificate) => wanted.has(plainFingerprint(certificate.fingerprint256)));
  if (kept.length === 0)
    throw invalid(['fingerprints'], 'None of these certificates stands there: at least one must stay.');
  if (kept.length < wanted.size) {
    const found = fingerprintsOf(there).join(', ');
    throw invalid(['fingerprints'], `Not all of these certificates stand there. There are: ${found}.`);
  }
  return bundleOf(kept);
}

/** A field of the request that cannot be taken as it is. */
export function invalid(path: readonly string[], message: string): ProblemError {
  return new ProblemError('invalid-field', message, { errors: [{ path, message }] });
}
