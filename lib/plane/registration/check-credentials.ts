import type { Credential } from '@/lib/plane/credentials/credential';
import { type ActiveSlot, activeSlots, credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { materialProblem, recogniseMaterial } from '@/lib/plane/credentials/recognise-material';
import { nameProblem, secretKeyProblem } from '@/lib/plane/model/names';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { Draft, DraftProblem } from './draft';
import type { CheckContext } from './known-planes';
import { credentialOf } from './new-draft';
import { isFilledIn } from './spec-of-draft';

type Part = keyof Credential;

/**
 * Checks the credentials that are part of the plane. Returns errors and warnings from their form and from
 * inspections.
 */
export function checkCredentials(draft: Draft, kind: InstalledKind, context: CheckContext): DraftProblem[] {
  const active = activeSlots(kind, draft).map((slot) => ({
    slot,
    credential: credentialOf(draft, slot, kind),
  }));
  return [
    ...active.flatMap(({ slot, credential }) => checkCredential(slot, credential, kind, context)),
    ...sharedKeys(active, draft),
  ];
}

/**
 * Returns errors for credentials that the kind has no slot for. The wizard sends none; another client expects them to
 * be stored.
 */
export function unknownCredentials(
  { credentials }: Pick<Draft, 'credentials'>,
  kind: InstalledKind,
): DraftProblem[] {
  const known = new Set(credentialSlots(kind).map(({ id }) => id));
  return Object.keys(credentials)
    .filter((slotId) => !known.has(slotId))
    .map((slotId) => ({
      path: ['credentials', slotId],
      severity: 'error',
      message: `Unknown credential ${slotId}. This installation's API doesn't define it.`,
    }));
}

function checkCredential(
  slot: ActiveSlot,
  credential: Credential,
  kind: InstalledKind,
  context: CheckContext,
): DraftProblem[] {
  if (!isFilledIn(slot, credential)) return [];
  const problem = (part: Part, severity: DraftProblem['severity'], message: string): DraftProblem => ({
    path: ['credentials', slot.id, part],
    severity,
    message,
  });
  const problems: DraftProblem[] = [];
  if (slot.refField === null && credential.source !== 'inline') {
    return [problem('source', 'error', "This field can't refer to a Secret. Enter the value inline.")];
  }
  if (slot.refField !== null && credential.source !== 'inline') {
    problems.push(
      ...placeProblems(credential, kind).map(([part, message]) => problem(part, 'error', message)),
    );
  }
  if (credential.source !== 'existing-secret') {
    const message = textProblem(slot, credential.text);
    if (message !== null) return [...problems, problem('text', 'error', message)];
  }
  const inspection = Object.hasOwn(context.inspections, slot.id) ? context.inspections[slot.id] : undefined;
  const part: Part = credential.source === 'existing-secret' ? 'name' : 'text';
  // A key that doesn't match its certificate is reported once, at the certificate.
  for (const { severity, message } of inspection?.findings ?? [])
    problems.push(problem(part, severity, message));
  return problems;
}

/** Returns the problem with a credential's text, including a missing text, or null. */
function textProblem(slot: ActiveSlot, text: string): string | null {
  if (slot.purpose === 'password' || slot.purpose === 'other' ? text === '' : text.trim() === '') {
    return MISSING[slot.purpose];
  }
  const problem = materialProblem(slot.purpose, text);
  if (problem !== null || slot.purpose !== 'client-key') return problem;
  const material = recogniseMaterial(text);
  return material.form === 'private-key' && material.withCertificates
    ? 'This text contains a private key and a certificate. Paste only the key here, and the certificate in its own field.'
    : null;
}

const MISSING: Record<ActiveSlot['purpose'], string> = {
  'agent-ca': 'Paste the agent CA, or choose the Secret that contains it.',
  'server-ca': "Paste the API server's CA, or choose another source.",
  'client-certificate': 'Paste the client certificate, or choose another source.',
  'client-key': 'Paste the private key of the client certificate, or choose another source.',
  'bearer-token': 'Paste the token, or choose the Secret that contains it.',
  password: 'Enter the password.',
  other: 'This is required.',
};

function placeProblems(credential: Credential, kind: InstalledKind): [Part, string][] {
  const problems: [Part, string][] = [];
  if (credential.namespace !== '') {
    const problem = nameProblem(credential.namespace, 'label');
    if (problem !== null) problems.push(['namespace', problem]);
  } else if (kind.entry.scope === 'Cluster') {
    problems.push(['namespace', "Enter the Secret's namespace. A cluster-wide plane has none of its own."]);
  }
  const name = credential.name === '' ? 'Enter the name of the Secret.' : nameProblem(credential.name);
  if (name !== null) problems.push(['name', name]);
  const key = secretKeyProblem(credential.key);
  if (key !== null) problems.push(['key', key]);
  return problems;
}

/** Returns errors for new credentials that share a key of one Secret, which could store only one of them. */
function sharedKeys(
  active: readonly { readonly slot: ActiveSlot; readonly credential: Credential }[],
  draft: Draft,
): DraftProblem[] {
  const taken = new Set<string>();
  return active.flatMap(({ slot, credential }) => {
    if (slot.refField === null || credential.source !== 'new-secret' || credential.text.trim() === '')
      return [];
    const place = [credential.namespace || draft.namespace, credential.name, credential.key].join('/');
    if (!taken.has(place)) {
      taken.add(place);
      return [];
    }
    const message = 'Another credential of this plane already uses this key. Choose another key or Secret.';
    return [{ path: ['credentials', slot.id, 'key'], severity: 'error', message }];
  });
}
