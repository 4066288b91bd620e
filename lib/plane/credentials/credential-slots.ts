import { isJsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { childNode, type SchemaNode, schemaAt } from '@/lib/plane/schema/schema-node';
import type { DirectAuth, SpecDraft } from './credential';
import { type CredentialSlot, slotAt } from './credential-slot';

/** A slot that is part of the plane in the draft. */
export type ActiveSlot = CredentialSlot & { readonly required: boolean };

/** Returns every place of the kind's spec that takes a credential, except those within lists and free-form maps. */
export function credentialSlots(kind: InstalledKind): CredentialSlot[] {
  return slotsBelow(specSchema(kind), []);
}

function slotsBelow(node: SchemaNode, path: readonly string[]): CredentialSlot[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const childPath = [...path, name];
    const slot = slotAt(child, childPath, node);
    return slot ? [slot] : slotsBelow(child, childPath);
  });
}

/**
 * Returns the slots that are part of the plane, given the chosen connection and sign-in and the present optional
 * groups. The agent's CA is required wherever there is an agent, whatever the schema says: without it no agent is
 * accepted.
 *
 * @param options.withAbsentGroups also returns slots of absent optional groups, which a form offers too
 */
export function activeSlots(
  kind: InstalledKind,
  draft: SpecDraft,
  { withAbsentGroups = false }: { readonly withAbsentGroups?: boolean } = {},
): ActiveSlot[] {
  const root = specSchema(kind);
  const isIncluded = (path: readonly string[]) =>
    isPresent(kind, draft, path) || (withAbsentGroups && !isChoiceOfConnection(path));
  return credentialSlots(kind).flatMap((slot) => {
    const parents = slot.path.slice(0, -1).map((_, index) => slot.path.slice(0, index + 1));
    if (!parents.every(isIncluded)) return [];
    const isToken = slot.purpose === 'bearer-token' && slot.path.at(-2) === 'auth';
    if (isToken && !isPresent(kind, draft, slot.path)) return [];
    const required = schemaAt(root, slot.path)?.required === true || slot.purpose === 'agent-ca' || isToken;
    return [{ ...slot, required }];
  });
}

/** Returns how the control plane can reach a cluster of this kind; the first is the default. */
export function connectionsOf(kind: InstalledKind): ('agent' | 'direct')[] {
  const spec = specSchema(kind);
  const hasAgent = childNode(spec, 'clusterAgent') !== undefined || childNode(spec, 'agent') !== undefined;
  return [
    ...(hasAgent ? (['agent'] as const) : []),
    ...(childNode(spec, 'kubernetesCluster') ? (['direct'] as const) : []),
  ];
}

/** Returns the sign-ins for direct access if the schema offers a choice, or an empty list. */
export function directAuthsOf(kind: InstalledKind): DirectAuth[] {
  const auth = schemaAt(specSchema(kind), ['kubernetesCluster', 'auth']);
  return [
    ...(childNode(auth, 'mtls') ? (['mtls'] as const) : []),
    ...(childNode(auth, 'bearerToken') ? (['bearer-token'] as const) : []),
  ];
}

/** Returns the effective connection: the draft's, or the kind's own if it doesn't offer the draft's. */
function connectionOf(kind: InstalledKind, draft: SpecDraft): SpecDraft['connection'] {
  const offered = connectionsOf(kind);
  return offered.includes(draft.connection) ? draft.connection : (offered[0] ?? draft.connection);
}

/** Returns the effective sign-in for direct access. */
function directAuthOf(kind: InstalledKind, draft: SpecDraft): DirectAuth {
  const offered = directAuthsOf(kind);
  return offered.includes(draft.auth) ? draft.auth : (offered[0] ?? draft.auth);
}

/**
 * Returns whether a part of the spec is part of the plane, given that its parents are. Required parts always are;
 * parts for reaching the cluster follow the chosen connection and sign-in; other parts are if the draft has an object
 * for them.
 */
export function isPresent(kind: InstalledKind, draft: SpecDraft, path: readonly string[]): boolean {
  const node = schemaAt(specSchema(kind), path);
  if (!node) return false;
  const [top, second, third] = path;
  if (path.length === 1 && !node.required) {
    if (top === 'clusterAgent' || top === 'agent') return connectionOf(kind, draft) === 'agent';
    if (top === 'kubernetesCluster') return connectionOf(kind, draft) === 'direct';
  }
  if (path.length === 3 && top === 'kubernetesCluster' && second === 'auth') {
    if (third === 'mtls') return directAuthOf(kind, draft) === 'mtls';
    if (third === 'bearerToken') return directAuthOf(kind, draft) === 'bearer-token';
  }
  if (node.required) return true;
  const value = valueAt(draft.spec, path);
  if (!isJsonObject(value)) return false;
  const only = soleTextField(node);
  return only === null || (value[only] !== undefined && value[only] !== null && value[only] !== '');
}

/** The parts of a spec that determine how the cluster is reached. */
export const CONNECTION_PARTS: readonly string[] = ['clusterAgent', 'agent', 'kubernetesCluster'];

/** Returns whether the choice of connection and sign-in determines that a part is present. */
export function isChoiceOfConnection(path: readonly string[]): boolean {
  if (path.length === 1) return CONNECTION_PARTS.includes(path[0] ?? '');
  return path.length === 3 && path[0] === 'kubernetesCluster' && path[1] === 'auth';
}

/**
 * Returns the only field of a group with a single text field, such as the name of `secretStoreRef`, or null. The
 * group is shown as this field and is present when the field is filled in.
 */
export function soleTextField(node: SchemaNode): string | null {
  const [first, ...others] = Object.entries(node.properties ?? {});
  return first && others.length === 0 && first[1].type === 'string' ? first[0] : null;
}
