import type { Credential } from '@/lib/plane/credentials/credential';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { connectionsOf, credentialSlots, directAuthsOf } from '@/lib/plane/credentials/credential-slots';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { sameJson } from '@/lib/plane/json/merge-patch';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';
import type { Draft } from './draft';
import { proposedSecretKey, proposedSecretName } from './proposed-names';

/** The initial values of a new draft. */
export interface DraftDefaults {
  readonly namespace?: string;
  /** The plane whose cluster the new one shares. */
  readonly sibling?: { readonly planeID: string; readonly agentCa?: Credential };
}

/** Returns an empty draft of a kind, with an entry for every credential and nothing but the defaults filled in. */
export function newDraft(kind: InstalledKind, id: string, defaults: DraftDefaults = {}): Draft {
  const { sibling } = defaults;
  const hasPlaneID = childNode(specSchema(kind), 'planeID') !== undefined;
  const draft: Draft = {
    id,
    plural: kind.entry.plural,
    namespace: kind.entry.scope === 'Namespaced' ? (defaults.namespace ?? '') : '',
    name: '',
    displayName: '',
    description: '',
    connection: connectionsOf(kind)[0] ?? 'agent',
    auth: directAuthsOf(kind)[0] ?? 'mtls',
    spec: hasPlaneID ? { planeID: sibling?.planeID ?? '' } : {},
    credentials: {},
  };
  for (const slot of credentialSlots(kind)) {
    draft.credentials[slot.id] =
      slot.purpose === 'agent-ca' && sibling?.agentCa
        ? sibling.agentCa
        : defaultCredential(slot, kind, draft);
  }
  return draft;
}

/**
 * Returns whether a draft contains anything that was entered or chosen.
 *
 * @param kind the draft's own; undefined if it isn't known now
 */
export function isBegun(draft: Draft, kind: InstalledKind | undefined): boolean {
  const jsonOf = ({ credentials, labels = {}, owner = '', runbookUrl = '', ...rest }: Draft): JsonObject => ({
    ...rest,
    owner,
    runbookUrl,
    labels: { ...labels },
    credentials: Object.fromEntries(Object.entries(credentials).map(([id, value]) => [id, { ...value }])),
  });
  return kind === undefined || !sameJson(jsonOf(draft), jsonOf(newDraft(kind, draft.id)));
}

/**
 * Returns the initial credential of a slot: a new Secret named after the plane if the schema can refer to one. The
 * Secret is in the plane's own namespace or, for a cluster-wide plane, in the control plane's.
 */
export function defaultCredential(
  slot: CredentialSlot,
  kind: InstalledKind,
  draft: Pick<Draft, 'name'>,
): Credential {
  const named = { name: draft.name, plural: kind.entry.plural };
  return {
    source: slot.form === 'value-from' ? 'new-secret' : 'inline',
    text: '',
    namespace: kind.entry.scope === 'Cluster' ? CONTROL_PLANE_NAMESPACE : '',
    name: slot.form === 'value-from' ? proposedSecretName(named, slot) : '',
    key: slot.form === 'value-from' ? proposedSecretKey(slot.purpose) : '',
  };
}

/** Returns the credential of a slot, or its initial credential if the draft has none. */
export function credentialOf(
  draft: Pick<Draft, 'credentials'> & Partial<Pick<Draft, 'name'>>,
  slot: CredentialSlot,
  kind: InstalledKind,
): Credential {
  const given = Object.hasOwn(draft.credentials, slot.id) ? draft.credentials[slot.id] : undefined;
  return given ?? defaultCredential(slot, kind, { name: draft.name ?? '' });
}

/**
 * Returns the draft with another kind chosen. Keeps the identity and all fields and credentials that the new kind has
 * too. Keeps the agent's CA even if the new kind has it under another name.
 */
export function draftForKind(draft: Draft, kind: InstalledKind): Draft {
  const fresh = newDraft(kind, draft.id);
  const offered = connectionsOf(kind);
  const carried: Draft = {
    ...fresh,
    namespace: kind.entry.scope === 'Namespaced' ? draft.namespace : '',
    name: draft.name,
    displayName: draft.displayName,
    description: draft.description,
    ...(draft.owner === undefined ? {} : { owner: draft.owner }),
    ...(draft.runbookUrl === undefined ? {} : { runbookUrl: draft.runbookUrl }),
    ...(draft.labels === undefined ? {} : { labels: draft.labels }),
    connection: offered.includes(draft.connection) ? draft.connection : fresh.connection,
    auth: directAuthsOf(kind).includes(draft.auth) ? draft.auth : fresh.auth,
    spec: { ...fresh.spec, ...fittingFields(draft.spec, specSchema(kind)) },
  };
  for (const slot of credentialSlots(kind)) {
    const before = earlierCredential(draft, slot);
    const begin = defaultCredential(slot, kind, draft);
    carried.credentials[slot.id] = before
      ? {
          ...before,
          source: slot.form === 'value-from' ? before.source : 'inline',
          namespace: namespaceFor(kind, before.namespace),
          name: isProposal(before, draft, slot) ? begin.name : before.name,
          key: before.key || begin.key,
        }
      : begin;
  }
  return carried;
}

/** Returns whether the Secret's name was proposed, not chosen. */
function isProposal({ name, source }: Credential, draft: Draft, slot: CredentialSlot): boolean {
  return name === '' || (source !== 'existing-secret' && name === proposedSecretName(draft, slot));
}

function earlierCredential(draft: Draft, slot: CredentialSlot): Credential | undefined {
  const ids = slot.purpose === 'agent-ca' ? [slot.id, 'clusterAgent.clientCA', 'agent.clientCA'] : [slot.id];
  return ids
    .map((id) => (Object.hasOwn(draft.credentials, id) ? draft.credentials[id] : undefined))
    .find(Boolean);
}

/** A cluster-wide plane has no namespace of its own, and its default namespace isn't one for a namespaced plane. */
function namespaceFor(kind: InstalledKind, namespace: string): string {
  if (kind.entry.scope === 'Cluster') return namespace === '' ? CONTROL_PLANE_NAMESPACE : namespace;
  return namespace === CONTROL_PLANE_NAMESPACE ? '' : namespace;
}

function fittingFields(spec: JsonObject, node: SchemaNode): JsonObject {
  const carried: JsonObject = {};
  for (const [name, value] of Object.entries(spec)) {
    const child = childNode(node, name);
    const fits = child && fittingValue(value, child);
    if (fits !== undefined) carried[name] = fits;
  }
  return carried;
}

function fittingValue(value: Json, node: SchemaNode): Json | undefined {
  if (node.type === 'any') return value;
  if (isJsonObject(value)) {
    if (node.additionalProperties) return value;
    if (node.type !== 'object') return undefined;
    const carried = fittingFields(value, node);
    // Drops a reference whose kind isn't allowed: without its kind it means nothing.
    return Object.keys(carried).length < Object.keys(value).length && 'kind' in value ? undefined : carried;
  }
  if (Array.isArray(value)) return node.type === 'array' ? value : undefined;
  if (node.type === 'object' || node.type === 'array') return undefined;
  return node.enum?.length && typeof value === 'string' && value !== '' && !node.enum.includes(value)
    ? undefined
    : value;
}
