import type { Credential } from '@/lib/plane/credentials/credential';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import type { Json } from '@/lib/plane/json/json';
import { type JsonPath, valueAt, withValueAt } from '@/lib/plane/json/json-path';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { Draft } from './draft';
import { proposedPlaneID, proposedSecretName } from './proposed-names';

/** What stands at a path of the draft; undefined where nothing does. For comparing two drafts, so any value will do. */
export function valueInDraft(draft: Draft, path: JsonPath): unknown {
  const [part, ...rest] = path;
  if (part === 'spec') return valueAt(draft.spec, rest);
  if (part === 'credentials') {
    const [slotId, field] = rest;
    const credential = typeof slotId === 'string' ? draft.credentials[slotId] : undefined;
    return field === undefined ? credential : credential?.[field as keyof Credential];
  }
  return typeof part === 'string' && Object.hasOwn(draft, part) ? draft[part as keyof Draft] : undefined;
}

/** The draft with a field of its spec set; undefined takes the field away. */
export function withSpecValue(draft: Draft, path: JsonPath, value: Json | undefined): Draft {
  return { ...draft, spec: withValueAt(draft.spec, path, value) };
}

/** The draft with what stands in a credential slot. */
export function withCredential(draft: Draft, slotId: string, credential: Credential): Draft {
  return { ...draft, credentials: { ...draft.credentials, [slotId]: credential } };
}

/**
 * The draft under another name. What was proposed from the old name and not touched since is proposed anew: the names of
 * new Secrets, and the planeID.
 *
 * @param followPlaneID whether the planeID is still a proposal. Its text cannot tell: one that was chosen may equal a
 * proposal for a moment while the name is being typed.
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
 * The draft of another kind that was begun before, with what says the same of either: its names, and the id, as it is
 * still one registration.
 */
export function withIdentityOf(
  parked: Draft,
  draft: Draft,
  kind: InstalledKind,
  followPlaneID: boolean,
): Draft {
  const { id, displayName, description } = draft;
  return { ...withName(parked, draft.name, kind, followPlaneID), id, displayName, description };
}

/** Whether a secret was typed that is kept nowhere but in this page: leaving it would lose it. */
export function holdsTypedSecret(draft: Draft, kind: InstalledKind): boolean {
  return credentialSlots(kind).some(({ id, purpose }) => {
    const isPublic = purpose === 'agent-ca' || purpose === 'server-ca' || purpose === 'client-certificate';
    return !isPublic && (draft.credentials[id]?.text ?? '') !== '';
  });
}
