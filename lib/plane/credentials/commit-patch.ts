import { toBase64 } from '@/lib/base64';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { withValueAt } from '@/lib/plane/json/json-path';
import { applyMergePatch } from '@/lib/plane/json/merge-patch';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { objectName, type PlaneIdentity } from '@/lib/plane/model/plane-path';
import { credentialPlace } from './credential-place';
import type { CredentialSlot } from './credential-slot';

/** Replaces a secret in git, where secrets aren't stored in plain text. */
const PLACEHOLDER = '<add the secret the way your repository stores secrets>';

export interface CommitPatch {
  /** The object to change, such as `Secret acme/prod-ca`; several are joined by "and". */
  readonly object: string;
  readonly manifests: readonly JsonObject[];
}

/** The material to store in a slot. */
export interface CommittedMaterial {
  readonly slot: CredentialSlot;
  /** All certificates to store; null for a secret, which is replaced by a placeholder. */
  readonly pem: string | null;
}

/**
 * Returns the parts of manifests to commit so that slots hold the given material, with just enough of each object to
 * identify it. They contain certificates but no secrets. Returns null if the plane names no object for any slot.
 *
 * @param spec the plane's spec, masked
 */
export function commitPatch(
  identity: PlaneIdentity,
  kind: string,
  spec: JsonObject,
  materials: readonly CommittedMaterial[],
): CommitPatch | null {
  const manifests = new Map<string, JsonObject>();
  for (const { slot, pem } of materials) {
    const place = credentialPlace(spec, slot, identity);
    if (place.at === 'nowhere') continue;
    const [object, manifest] =
      place.at === 'secret'
        ? secretPart(place.secret, pem ?? PLACEHOLDER)
        : planePart(identity, kind, slot, pem === null ? PLACEHOLDER : inSlot(pem, slot));
    manifests.set(object, applyMergePatch(manifests.get(object) ?? {}, manifest));
  }
  if (manifests.size === 0) return null;
  return {
    object: [...manifests.keys()].join(' and '),
    manifests: [...manifests.values()],
  };
}

/** A Secret that another one succeeds. */
export interface SwitchedSecret {
  readonly namespace: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Returns the part of a plane's manifest to commit so that it refers to other Secrets, or null if it refers to none of
 * them. The new Secrets have to exist in that source too.
 */
export function referencePatch(
  identity: PlaneIdentity,
  kind: string,
  spec: JsonObject,
  switched: readonly SwitchedSecret[],
): CommitPatch | null {
  const changed = switchedPart(spec, identity.namespace ?? '', switched);
  if (changed === null) return null;
  const { namespace, name } = identity;
  return {
    object: objectName({ kind, namespace, name }),
    manifests: [
      {
        apiVersion: PLANE_API_VERSION,
        kind,
        metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
        spec: changed,
      },
    ],
  };
}

/** Returns the switched references of a part of a spec, or null if it has none. */
function switchedPart(part: JsonObject, own: string, switched: readonly SwitchedSecret[]): JsonObject | null {
  const found: Record<string, JsonObject> = {};
  for (const [field, value] of Object.entries(part)) {
    if (!isJsonObject(value)) continue;
    const namespace = typeof value.namespace === 'string' ? value.namespace : own;
    const to = switched.find((one) => one.from === value.name && one.namespace === namespace)?.to;
    const changed =
      to !== undefined && typeof value.key === 'string'
        ? { ...value, name: to }
        : switchedPart(value, own, switched);
    if (changed !== null) found[field] = changed;
  }
  return Object.keys(found).length === 0 ? null : found;
}

function secretPart(
  { namespace, name, key }: { readonly namespace: string; readonly name: string; readonly key: string },
  text: string,
): [string, JsonObject] {
  return [
    objectName({ kind: 'Secret', namespace, name }),
    { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData: { [key]: text } },
  ];
}

function planePart(
  { namespace, name }: PlaneIdentity,
  kind: string,
  slot: CredentialSlot,
  text: string,
): [string, JsonObject] {
  const path = slot.refField === null ? slot.path : [...slot.path, 'value'];
  return [
    objectName({ kind, namespace, name }),
    {
      apiVersion: PLANE_API_VERSION,
      kind,
      metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
      spec: withValueAt({}, path, text),
    },
  ];
}

/** The oldest release takes base64. */
function inSlot(pem: string, { form }: CredentialSlot): string {
  return form === 'base64' ? toBase64(pem) : pem;
}
