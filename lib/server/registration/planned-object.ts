import 'server-only';
import type { RegisteredObject } from '@/lib/api/registration';
import type { Draft } from '@/lib/plane/registration/draft';
import type { Manifests, PlaneManifest, SecretManifest } from '@/lib/plane/registration/manifests';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { objectPath, planesPath, secretsPath } from '@/lib/server/kube/api-paths';
import { withoutMaterial } from '@/lib/server/kube/without-material';

interface Planned {
  readonly reference: RegisteredObject;
  /** For sentences: "the Secret prod-agent-ca in the namespace acme". */
  readonly words: string;
  /** API paths: where it is created, and where it is then. */
  readonly collection: string;
  readonly path: string;
}

export interface PlannedSecret extends Planned {
  readonly type: 'secret';
  readonly manifest: SecretManifest;
  /** The credentials that are stored in it, with the key of each. */
  readonly credentials: readonly { readonly slotId: string; readonly key: string }[];
}

export interface PlannedPlane extends Planned {
  readonly type: 'plane';
  readonly manifest: PlaneManifest;
}

/** An object that a registration is to write. */
export type PlannedObject = PlannedSecret | PlannedPlane;

export interface Plan {
  readonly draft: Draft;
  readonly kind: InstalledKind;
  readonly secrets: readonly PlannedSecret[];
  readonly plane: PlannedPlane;
  /** Makes what others wrote about the draft fit to be shown: it may repeat a secret of it. */
  readonly publicText: (text: string) => string;
}

/** The objects of a registration with where each is written. Throws a ProblemError for a name that no object can have. */
export function planOf(draft: Draft, kind: InstalledKind, manifests: Manifests): Plan {
  const secrets = manifests.secrets.map((manifest, index): PlannedSecret => {
    const { namespace, name } = manifest.metadata;
    const credentials = manifests.materials
      .filter(({ object }) => object === index)
      .map(({ slotId, path }) => ({ slotId, key: path.at(-1) ?? '' }));
    const reference = { kind: manifest.kind, namespace, name };
    return {
      type: 'secret',
      manifest,
      credentials,
      reference,
      ...placed(reference, 'Secret', secretsPath(namespace)),
    };
  });
  const { namespace, name } = manifests.plane.metadata;
  const reference = { kind: kind.entry.kind, ...(namespace === undefined ? {} : { namespace }), name };
  const collection = planesPath({ plural: kind.entry.plural, namespace });
  const words = kind.entry.words.toLowerCase();
  const plane: PlannedPlane = {
    type: 'plane',
    manifest: manifests.plane,
    reference,
    ...placed(reference, words, collection),
  };
  return { draft, kind, secrets, plane, publicText: withoutMaterial(draft, kind) };
}

function placed({ namespace, name }: RegisteredObject, kindLabel: string, collection: string) {
  const where = namespace === undefined ? '' : ` in the namespace ${namespace}`;
  return { words: `the ${kindLabel} ${name}${where}`, collection, path: objectPath(collection, name) };
}
