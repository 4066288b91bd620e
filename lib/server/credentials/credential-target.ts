import 'server-only';
import type { Credential } from '@/lib/plane/credentials/credential';
import { type CredentialPlace, credentialPlace } from '@/lib/plane/credentials/credential-place';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { valueAt, withValueAt } from '@/lib/plane/json/json-path';
import { nameProblem, secretKeyProblem } from '@/lib/plane/model/names';
import type { LivePlane } from '@/lib/server/edit/live-plane';
import { invalidField } from '@/lib/server/http/problem';
import type { SecretPlace } from '@/lib/server/kube/read-secret';

/** Where new material is written, and how the plane's spec changes for it. */
export type CredentialTarget =
  | {
      readonly write: 'secret';
      readonly secret: SecretPlace;
      readonly isNew: boolean;
      readonly spec: JsonObject;
      /** The Secret that the slot referred to before, if the new one succeeds it. */
      readonly was?: string;
    }
  /** In the plane itself. */
  | { readonly write: 'inline'; readonly spec: (text: string) => JsonObject }
  /** Nothing: the plane refers to an existing Secret. */
  | { readonly write: 'nothing'; readonly secret: SecretPlace; readonly spec: JsonObject };

/**
 * Returns where a slot's new material goes: to its current place, or to the requested new one.
 *
 * @param into the new place; undefined: the current one
 * @param path of `into` in the request, for problems
 * @throws ProblemError `invalid-field`
 */
export function targetOf(
  live: LivePlane,
  slot: CredentialSlot,
  into: Credential | undefined,
  path: readonly string[],
): CredentialTarget {
  const spec = live.spec;
  const place = credentialPlace(spec, slot, live.identity);
  if (into === undefined) return currentTarget(slot, place, path);
  if (into.source === 'inline' || slot.refField === null) {
    if (into.source !== 'inline')
      throw invalidField(
        [...path, 'source'],
        "This field holds the value itself and can't refer to a Secret.",
      );
    return { write: 'inline', spec: (text) => inlineSpec(live, slot, text) };
  }
  const secret = newSecretKey(live, into, path);
  const referred = withValueAt({}, slot.path, {
    ...(has(spec, [...slot.path, 'value']) ? { value: null } : {}),
    [slot.refField]: reference(live, into, spec, slot),
  });
  return into.source === 'existing-secret'
    ? { write: 'nothing', secret, spec: referred }
    : { write: 'secret', secret, isNew: true, spec: referred };
}

/**
 * Returns where a slot's material goes when a new Secret succeeds the current one. Namespace and key stay.
 *
 * @param name of the new Secret
 * @throws ProblemError `invalid-field` when the slot isn't stored in a Secret
 */
export function successorTarget(
  { spec, identity }: Pick<LivePlane, 'spec' | 'identity'>,
  slot: CredentialSlot,
  name: string,
): Extract<CredentialTarget, { write: 'secret' }> {
  const place = credentialPlace(spec, slot, identity);
  if (place.at !== 'secret' || slot.refField === null)
    throw invalidField(
      ['write'],
      "This credential isn't stored in a Secret, so no new Secret can succeed it.",
    );
  return {
    write: 'secret',
    secret: { ...place.secret, name },
    isNew: true,
    spec: switchedReference(slot, name),
    was: place.secret.name,
  };
}

/** Returns the patch of a spec that makes a slot refer to the same key of another Secret. */
export function switchedReference({ path, refField }: CredentialSlot, name: string): JsonObject {
  return refField === null ? {} : withValueAt({}, [...path, refField, 'name'], name);
}

function currentTarget(
  slot: CredentialSlot,
  place: CredentialPlace,
  path: readonly string[],
): CredentialTarget {
  switch (place.at) {
    case 'secret':
      return { write: 'secret', secret: place.secret, isNew: false, spec: {} };
    case 'inline':
      return { write: 'inline', spec: (text) => withValueAt({}, valuePath(slot), text) };
    case 'nowhere':
      throw invalidField(
        path,
        `The plane refers to the Secret ${place.name} without a namespace, which a cluster-wide plane needs. Choose where to store the credential.`,
      );
    case 'absent':
      if (slot.refField === null)
        return { write: 'inline', spec: (text) => withValueAt({}, valuePath(slot), text) };
      throw invalidField(path, 'Nothing is stored yet. Choose a Secret, or store it in the plane.');
  }
}

function inlineSpec(live: LivePlane, slot: CredentialSlot, text: string): JsonObject {
  const spec = withValueAt({}, valuePath(slot), text);
  if (slot.refField === null) return spec;
  // The API uses the value when both are set; the reference would only mislead.
  const isReferred = has(live.spec, [...slot.path, slot.refField]);
  return isReferred ? withValueAt(spec, [...slot.path, slot.refField], null) : spec;
}

function valuePath(slot: CredentialSlot): string[] {
  return slot.refField === null ? [...slot.path] : [...slot.path, 'value'];
}

function newSecretKey(live: LivePlane, into: Credential, path: readonly string[]): SecretPlace {
  const namespace = into.namespace || (live.identity.namespace ?? '');
  const problems = [
    [
      'namespace',
      namespace === ''
        ? "Choose the Secret's namespace. A cluster-wide plane has none of its own."
        : nameProblem(namespace, 'label'),
    ],
    ['name', into.name === '' ? "Enter the Secret's name." : nameProblem(into.name)],
    ['key', secretKeyProblem(into.key)],
  ] as const;
  for (const [part, message] of problems) if (message !== null) throw invalidField([...path, part], message);
  return { namespace, name: into.name, key: into.key };
}

/** Omits the plane's own namespace, and removes a namespace that the reference named before. */
function reference(
  live: LivePlane,
  { namespace, name, key }: Credential,
  spec: JsonObject,
  slot: CredentialSlot,
): JsonObject {
  const isOwn = namespace === '' || namespace === live.identity.namespace;
  const wasNamed = slot.refField !== null && has(spec, [...slot.path, slot.refField, 'namespace']);
  return { name, key, ...(isOwn ? (wasNamed ? { namespace: null } : {}) : { namespace }) };
}

function has(spec: JsonObject, path: readonly string[]): boolean {
  const value = valueAt(spec, path);
  return value !== undefined && value !== null && (!isJsonObject(value) || Object.keys(value).length > 0);
}
