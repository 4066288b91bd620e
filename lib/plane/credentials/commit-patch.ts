import type { JsonObject } from '@/lib/plane/json/json';
import { withValueAt } from '@/lib/plane/json/json-path';
import { applyMergePatch } from '@/lib/plane/json/merge-patch';
import { toBase64 } from '@/lib/plane/model/base64';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { objectName, type PlaneIdentity } from '@/lib/plane/model/plane-path';
import { credentialPlace } from './credential-place';
import type { CredentialSlot } from './credential-slot';

/** What goes into git instead of a secret: secrets are not kept there as they are. */
const PLACEHOLDER = '<put it here, as your repository keeps secrets>';

export interface CommitPatch {
  /** In which object it is changed, `Secret acme/prod-ca`; more than one are joined by "and". */
  readonly object: string;
  readonly manifests: readonly JsonObject[];
}

/** What is to stand in a slot. */
export interface CommittedMaterial {
  readonly slot: CredentialSlot;
  /** All certificates that are to stand there; null: it is a secret, so its place is shown. */
  readonly pem: string | null;
}

/**
 * The parts of manifests that have to be committed so that slots hold what they are to hold, with as much of each object
 * as names it. Certificates stand in it, secrets do not. Null where the plane says of no slot which object it is in.
 *
 * @param spec of the plane, masked
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
