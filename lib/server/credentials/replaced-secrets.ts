import 'server-only';
import {
  oldValueKey,
  type ReplacementRecord,
  type WrittenPlace,
} from '@/lib/plane/credentials/replacement-record';
import { dictionary } from '@/lib/plane/json/dictionary';
import { REPLACEMENT_ANNOTATION } from '@/lib/plane/model/annotations';
import { asSentence, capital } from '@/lib/plane/model/text';
import type { LivePlane } from '@/lib/server/edit/live-plane';
import { auditedWrite } from '@/lib/server/kube/audited-write';
import { deleteAudited } from '@/lib/server/kube/delete-audited';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { patchObject } from '@/lib/server/kube/object-requests';
import {
  describeSecret,
  type LiveSecret,
  readSeenSecret,
  type SecretName,
} from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { planeUsing } from './secret-users';
import { isCreatedFor, storedData } from './write-secret';

/** A Secret that a replacement writes. */
export interface ReplacedSecret extends SecretName {
  readonly places: readonly WrittenPlace[];
  /** Null: it doesn't exist. */
  readonly live: LiveSecret | null;
  /** Whether it is marked as written by this replacement last. A policy may have removed the mark. */
  readonly isWritten: boolean;
  /** Whether the replacement created it, or changed one that existed. */
  readonly isCreated: boolean;
}

/**
 * Reads the Secrets that a replacement writes.
 *
 * @throws KubeError
 */
export async function readReplacedSecrets(
  caller: Caller,
  { id, places }: ReplacementRecord,
): Promise<ReplacedSecret[]> {
  const byName = new Map<string, WrittenPlace[]>();
  for (const place of places) {
    const key = `${place.namespace}/${place.name}`;
    byName.set(key, [...(byName.get(key) ?? []), place]);
  }
  return Promise.all(
    [...byName.values()].map(async (ofSecret): Promise<ReplacedSecret> => {
      const { namespace = '', name = '' } = ofSecret[0] ?? {};
      const live = await readSeenSecret(caller, { namespace, name });
      return {
        namespace,
        name,
        places: ofSecret,
        live,
        isWritten: live?.annotations[REPLACEMENT_ANNOTATION] === id,
        isCreated: ofSecret.some(({ created }) => created === true),
      };
    }),
  );
}

/** Returns whether a Secret that was changed in place still holds the old values. */
export function hasOldValues({ live, isWritten, places }: ReplacedSecret): boolean {
  if (live === null || !isWritten) return false;
  const stored = storedData(live);
  return places.every(({ key }) => oldValueKey(key) in stored);
}

/**
 * Gives a Secret that was changed in place its old values, and forgets the replacement.
 *
 * @throws KubeError
 */
export async function restoreValues(caller: Caller, secret: ReplacedSecret): Promise<void> {
  const { live, places } = secret;
  if (live === null) return;
  const stored = storedData(live);
  const data = dictionary<string | null>();
  for (const { key } of places) {
    data[key] = stored[oldValueKey(key)] ?? null;
    data[oldValueKey(key)] = null;
  }
  await patchSecret(caller, live, data);
}

/**
 * Deletes the old values from a Secret that was changed in place.
 *
 * @throws KubeError
 */
export async function forgetOldValues(
  caller: Caller,
  { live, isWritten, places }: ReplacedSecret,
): Promise<void> {
  if (live === null || !isWritten) return;
  await patchSecret(caller, live, Object.fromEntries(places.map(({ key }) => [oldValueKey(key), null])));
}

async function patchSecret(
  caller: Caller,
  secret: LiveSecret,
  data: Readonly<Record<string, string | null>>,
): Promise<void> {
  const { namespace, name, resourceVersion } = secret;
  const change = {
    verb: 'patch' as const,
    object: { kind: 'Secret', namespace, name },
    changed: Object.keys(data).map((key) => `data.${key}`),
  };
  const metadata = { resourceVersion, annotations: { [REPLACEMENT_ANNOTATION]: null } };
  await auditedWrite(caller, change, (audited) =>
    patchObject(caller.client, secret, { metadata, data }, audited),
  );
}

/**
 * Returns why a Secret isn't deleted, as a sentence; null if it may be. It must be Planeboard's own for this plane, and
 * no plane may use it.
 *
 * @param ownUid of the plane if its own reference doesn't count
 */
export async function reasonToKeep(
  caller: Caller,
  live: LivePlane,
  secret: LiveSecret,
  ownUid: string | null = null,
): Promise<string | null> {
  const name = capital(describeSecret(secret));
  if (!isCreatedFor(secret, live)) return `${name} isn't marked as created by Planeboard for this plane.`;
  try {
    const user = await planeUsing(caller, secret, ownUid);
    return user === null ? null : `${name} is used by ${user}.`;
  } catch (error) {
    const why = asSentence(capital(asKubeError(error).message));
    return `Planeboard couldn't check whether other planes use ${describeSecret(secret)}. ${why}`;
  }
}

/**
 * Deletes a Secret.
 *
 * @throws KubeError
 */
export async function deleteSecret(caller: Caller, secret: LiveSecret): Promise<void> {
  const { namespace, name } = secret;
  const object = { kind: 'Secret', namespace, name };
  await deleteAudited(caller, { object }, secret);
}
