import type { Credential } from '@/lib/plane/credentials/credential';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import type { Json } from '@/lib/plane/json/json';
import { type JsonPath, valueAt, withValueAt } from '@/lib/plane/json/json-path';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { Draft } from './draft';
import { proposedPlaneID, proposedSecretName } from './proposed-names';

/**
 * Returns the value at a path of the draft, or undefined. Used to compare two drafts, so the value may be of any
 * type.
 */
export function valueInDraft(draft: Draft, path: JsonPath): unknown {
  const [part, ...rest] = path;
  if (part === 'spec') return valueAt(draft.spec, rest);
  if (part === 'credentials') {
    const [slotId, field] = rest;
    const credential =
      typeof slotId === 'string' && Object.hasOwn(draft.credentials, slotId)
        ? draft.credentials[slotId]
        : undefined;
    if (field === undefined || credential === undefined) return credential;
    return Object.hasOwn(credential, field) ? credential[field as keyof Credential] : undefined;
  }
  return typeof part === 'string' && Object.hasOwn(draft, part) ? draft[part as keyof Draft] : undefined;
}

/** Returns the draft with a field of its spec set; undefined removes the field. */
export function withSpecValue(draft: Draft, path: JsonPath, value: Json | undefined): Draft {
  return { ...draft, spec: withValueAt(draft.spec, path, value) };
}

/** Returns the draft with a credential in a slot. */
export function withCredential(draft: Draft, slotId: string, credential: Credential): Draft {
  return { ...draft, credentials: { ...draft.credentials, [slotId]: credential } };
}

/**
 * Renames the draft. Updates everything that was proposed from the old name and not edited since: the names of new
 * Secrets, and the planeID.
 *
 * @param followPlaneID whether the planeID is still a proposal. The text can't answer this: a chosen planeID may
 *   equal a proposal for a moment while the name is being typed.
 */
export function withName(draft: Draft, name: string, kind: InstalledKind, followPlaneID: boolean): Draft {
  const renamed = { ...draft, name };
  if (followPlaneID && draft.spec.planeID !== undefined) {
    renamed.spec = { ...draft.spec, planeID: proposedPlaneID(name) };
  }
  const credentials = { ...draft.credentials };
  for (const slot of credentialSlots(kind)) {
    const credential = credentials[slot.id];
    if (credential?.source === 'existing-secret' || slot.form !== 'value-from' || !credential) continue;
    if (credential.name === '' || credential.name === proposedSecretName(draft, slot)) {
      credentials[slot.id] = { ...credential, name: proposedSecretName(renamed, slot) };
    }
  }
  return { ...renamed, credentials };
}

/**
 * Returns an earlier draft of another kind with the current draft's names, and with its id, because it is still the
 * same registration.
 */
export function withIdentityOf(
  parked: Draft,
  draft: Draft,
  kind: InstalledKind,
  followPlaneID: boolean,
): Draft {
  const { id, displayName, description, owner, runbookUrl, labels } = draft;
  const own = { id, displayName, description, owner, runbookUrl, labels };
  return { ...withName(parked, draft.name, kind, followPlaneID), ...own };
}

/** Returns whether the draft contains a typed secret. Only this page has it, so leaving the page would lose it. */
export function holdsTypedSecret(draft: Draft, kind: InstalledKind): boolean {
  return credentialSlots(kind).some(({ id, purpose }) => {
    const isPublic = purpose === 'agent-ca' || purpose === 'server-ca' || purpose === 'client-certificate';
    return !isPublic && (draft.credentials[id]?.text ?? '') !== '';
  });
}
