import 'server-only';
import type { FieldPath } from '@/lib/plane/history/traced-fields';
import type { JsonObject } from '@/lib/plane/json/json';
import { REGISTERED_BY_ANNOTATION, REGISTRATION_ANNOTATION } from '@/lib/plane/model/annotations';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { describeObject } from '@/lib/plane/model/text';
import type { Draft } from '@/lib/plane/registration/draft';
import { manifestsOf, type PlaneManifest, type SecretManifest } from '@/lib/plane/registration/manifests';
import { secretTextsOf } from '@/lib/plane/registration/storable-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { objectPath, planesPath, secretsPath } from '@/lib/server/kube/api-paths';
import { hideSecrets } from '@/lib/server/kube/hide-secrets';
import { encodedData, type LiveObject } from '@/lib/server/kube/live-object';
import { type ObjectPlace, requestOf } from '@/lib/server/kube/object-requests';
import { describeSecret } from '@/lib/server/kube/read-secret';
import { fieldsNotStored } from '@/lib/server/kube/write-proof';

/** The parts of an object that a registration writes. */
type ObjectContent = Partial<Record<'metadata' | 'spec' | 'data', unknown>>;

interface Planned {
  readonly reference: ObjectRef;
  /** For sentences: "the Secret prod-agent-ca in the namespace acme". */
  readonly description: string;
  /** The API paths of its collection, for creating it, and of the object itself. */
  readonly collection: string;
  readonly path: string;
}

export interface PlannedSecret extends Planned {
  readonly type: 'secret';
  readonly manifest: SecretManifest;
  /** The credentials stored in it, with the key of each. */
  readonly credentials: readonly { readonly slotId: string; readonly key: string }[];
}

export interface PlannedPlane extends Planned {
  readonly type: 'plane';
  readonly manifest: PlaneManifest;
}

/** An object that a registration writes. */
export type PlannedObject = PlannedSecret | PlannedPlane;

/** What a registration writes: Secrets first, then the plane. */
export interface RegistrationPlan {
  readonly draft: Draft;
  readonly kind: InstalledKind;
  readonly secrets: readonly PlannedSecret[];
  readonly plane: PlannedPlane;
  /** Filters texts of others about the draft, which may repeat one of its secrets. */
  readonly hideSecrets: (text: string) => string;
}

/**
 * Plans the objects of a registration.
 *
 * @param user the person who registers; null: not known
 * @throws KubeError `bad-request` for a name that no object can have
 */
export function planRegistration(draft: Draft, kind: InstalledKind, user: string | null): RegistrationPlan {
  const manifests = manifestsOf(draft, kind, { user });
  const secrets = manifests.secrets.map((manifest, index): PlannedSecret => {
    const { namespace, name } = manifest.metadata;
    const collection = secretsPath(namespace);
    return {
      type: 'secret',
      manifest,
      credentials: manifests.materials
        .filter(({ object }) => object === index)
        .map(({ slotId, path }) => ({ slotId, key: path.at(-1) ?? '' })),
      reference: { kind: manifest.kind, namespace, name },
      description: describeSecret({ namespace, name }),
      collection,
      path: objectPath(collection, name),
    };
  });
  const { namespace, name } = manifests.plane.metadata;
  const collection = planesPath({ plural: kind.entry.plural, namespace });
  const plane: PlannedPlane = {
    type: 'plane',
    manifest: manifests.plane,
    reference: { kind: kind.entry.kind, ...(namespace === undefined ? {} : { namespace }), name },
    description: describeObject(kind.entry.label.toLowerCase(), { namespace, name }),
    collection,
    path: objectPath(collection, name),
  };
  return { draft, kind, secrets, plane, hideSecrets: hideDraftSecrets(draft, kind) };
}

/** Returns a filter that replaces texts repeating a key, token or password of the draft. */
export function hideDraftSecrets(draft: Draft, kind: InstalledKind): (text: string) => string {
  return hideSecrets(secretTextsOf(draft, kind));
}

/** Returns where to request a planned object: any of that name. */
export function placeOf({ manifest, path }: PlannedObject): ObjectPlace {
  return { ...requestOf(manifest), path };
}

/** Returns whether the registration with this id wrote the object. */
export function isOfRegistration(live: LiveObject, id: string): boolean {
  return live.metadata.annotations?.[REGISTRATION_ANNOTATION] === id;
}

/** Returns whether a live object is as planned. Defaults, and fields added by controllers, may come on top. */
export function isAsPlanned(live: LiveObject, planned: PlannedObject): boolean {
  return fieldsNotAsPlanned(live, planned).length === 0;
}

/**
 * Returns the fields that an object doesn't have as planned, or wouldn't. Of a Secret's values, only their keys.
 *
 * @param object as the API server answered it; the answer to a dry run has no version
 */
export function fieldsNotAsPlanned(object: ObjectContent, planned: PlannedObject): FieldPath[] {
  const { metadata } = planned.manifest;
  const { [REGISTERED_BY_ANNOTATION]: _by, ...annotations } = metadata.annotations;
  const labels = 'labels' in metadata ? metadata.labels : {};
  // An object that was read from JSON is JSON.
  return fieldsNotStored(object as JsonObject, { metadata: { labels, annotations }, ...contentOf(planned) });
}

/** Returns whether a live object has the planned spec or data. */
export function hasPlannedValues(live: LiveObject, planned: PlannedObject): boolean {
  return fieldsNotStored(live as unknown as JsonObject, contentOf(planned)).length === 0;
}

function contentOf(planned: PlannedObject): JsonObject {
  return planned.type === 'plane'
    ? { spec: planned.manifest.spec }
    : { data: encodedData(planned.manifest.stringData) };
}
