import type { Credential } from '@/lib/plane/credentials/credential';
import { activeSlots } from '@/lib/plane/credentials/credential-slots';
import { writtenMaterial } from '@/lib/plane/credentials/written-material';
import type { JsonObject } from '@/lib/plane/json/json';
import {
  MANAGED_BY,
  MANAGED_BY_LABEL,
  PLANE_ANNOTATION,
  REGISTERED_BY_ANNOTATION,
  REGISTRATION_ANNOTATION,
} from '@/lib/plane/model/annotations';
import type { CredentialPurpose } from '@/lib/plane/model/credential-purpose';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { planeKey } from '@/lib/plane/model/plane-path';
import { textAnnotations } from '@/lib/plane/model/plane-texts';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { Draft } from './draft';
import { credentialOf } from './new-draft';
import { isFilledIn, specOf } from './spec-of-draft';

export type SecretManifest = {
  readonly apiVersion: 'v1';
  readonly kind: 'Secret';
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly type: 'Opaque';
  readonly stringData: Readonly<Record<string, string>>;
};

export type PlaneManifest = {
  readonly apiVersion: typeof PLANE_API_VERSION;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: JsonObject;
};

/** The place of a credential's material in the manifests. */
export interface MaterialPlace {
  readonly slotId: string;
  readonly purpose: CredentialPurpose;
  /** The index of the Secret, or the plane itself. */
  readonly object: number | 'plane';
  /** The path within the object: `['stringData', 'ca.crt']`, `['spec', 'clusterAgent', 'clientCA', 'value']`. */
  readonly path: readonly string[];
}

/** The objects of a registration in the order in which they are written: Secrets, then the plane. */
export interface Manifests {
  readonly secrets: readonly SecretManifest[];
  readonly plane: PlaneManifest;
  readonly materials: readonly MaterialPlace[];
}

/**
 * Returns the objects of a draft. Credentials with the same new Secret share one object. Missing input stays missing:
 * `checkDraft` and the API server decide whether the draft may be written.
 *
 * @param by the registering user, if known; shown to people who try the same name later
 */
export function manifestsOf(
  draft: Draft,
  kind: InstalledKind,
  by?: { readonly user: string | null },
): Manifests {
  const cluster = kind.entry.scope === 'Cluster';
  const materials: MaterialPlace[] = [];
  const secrets: SecretManifest[] = [];
  for (const slot of activeSlots(kind, draft)) {
    const credential = credentialOf(draft, slot, kind);
    if (!isFilledIn(slot, credential)) continue;
    const text = writtenMaterial(slot, credential.text);
    if (text === '' || credential.source === 'existing-secret') continue;
    const isNewSecret = slot.refField !== null && credential.source === 'new-secret';
    const place = isNewSecret
      ? addToSecret(secrets, draft, credential, text, by)
      : { object: 'plane' as const, path: ['spec', ...slot.path, ...(slot.refField ? ['value'] : [])] };
    materials.push({ slotId: slot.id, purpose: slot.purpose, ...place });
  }
  const plane: PlaneManifest = {
    apiVersion: PLANE_API_VERSION,
    kind: kind.entry.kind,
    metadata: {
      name: draft.name,
      ...(cluster ? {} : { namespace: draft.namespace }),
      ...(Object.keys(draft.labels ?? {}).length > 0 ? { labels: draft.labels ?? {} } : {}),
      annotations: {
        ...textAnnotations(draft),
        [REGISTRATION_ANNOTATION]: draft.id,
        ...(by?.user ? { [REGISTERED_BY_ANNOTATION]: by.user } : {}),
      },
    },
    spec: specOf(draft, kind),
  };
  return { secrets, plane, materials };
}

function addToSecret(
  secrets: SecretManifest[],
  draft: Draft,
  credential: Credential,
  text: string,
  by: { readonly user: string | null } | undefined,
): Pick<MaterialPlace, 'object' | 'path'> {
  const namespace = credential.namespace || draft.namespace;
  const { name, key } = credential;
  const found = secrets.findIndex(
    ({ metadata }) => metadata.name === name && metadata.namespace === namespace,
  );
  const index = found === -1 ? secrets.length : found;
  const before = secrets[index];
  secrets[index] = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace,
      labels: { [MANAGED_BY_LABEL]: MANAGED_BY },
      annotations: {
        [REGISTRATION_ANNOTATION]: draft.id,
        [PLANE_ANNOTATION]: keyOf(draft),
        ...(by?.user ? { [REGISTERED_BY_ANNOTATION]: by.user } : {}),
      },
    },
    type: 'Opaque',
    stringData: { ...before?.stringData, [key]: text },
  };
  return { object: index, path: ['stringData', key] };
}

/** Returns the key of the plane that a Secret is created for: `dataplanes/acme/prod`. */
function keyOf({ plural, namespace, name }: Draft): string {
  return planeKey({ plural, namespace: namespace || undefined, name });
}
