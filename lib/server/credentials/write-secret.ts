import 'server-only';
import { oldValueKey } from '@/lib/plane/credentials/replacement-record';
import { dictionary } from '@/lib/plane/json/dictionary';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import {
  MANAGED_BY,
  MANAGED_BY_LABEL,
  PLANE_ANNOTATION,
  REPLACEMENT_ANNOTATION,
} from '@/lib/plane/model/annotations';
import { planeKey } from '@/lib/plane/model/plane-path';
import { asSentence, capital } from '@/lib/plane/model/text';
import type { LivePlane } from '@/lib/server/edit/live-plane';
import { asProblemError, ProblemError } from '@/lib/server/http/problem';
import { secretsPath } from '@/lib/server/kube/api-paths';
import { auditedWrite } from '@/lib/server/kube/audited-write';
import { deleteAudited } from '@/lib/server/kube/delete-audited';
import { asKubeError, isOutcomeUnknown, type KubeError } from '@/lib/server/kube/kube-error';
import { encodedData } from '@/lib/server/kube/live-object';
import { createObject, patchObject, type WriteMode } from '@/lib/server/kube/object-requests';
import {
  describeSecret,
  type LiveSecret,
  parseLiveSecret,
  readLiveSecret,
  type SecretName,
} from '@/lib/server/kube/read-secret';
import { notShown, requireChange, showsChange } from '@/lib/server/kube/write-proof';
import type { AuditedChange } from '@/lib/server/log/audit';
import type { Caller } from '@/lib/server/rights/caller';

/** A change of one Secret: a text for each key. Its other keys are left alone. */
export interface SecretEdit {
  readonly secret: SecretName;
  /** Null: it doesn't exist and is created. */
  readonly live: LiveSecret | null;
  readonly texts: Readonly<Record<string, string>>;
  /** The id of the replacement, which the Secret is annotated with. */
  readonly replacement: string;
  /**
   * The id of an unfinished replacement that this one continues. What it wrote is no old value worth keeping; the one
   * that it kept stays.
   */
  readonly continues: string | null;
}

/** Returns whether Planeboard created a Secret for exactly this plane, by its label and annotation. */
export function isCreatedFor(
  { labels, annotations }: Pick<LiveSecret, 'labels' | 'annotations'>,
  { identity }: Pick<LivePlane, 'identity'>,
): boolean {
  return labels[MANAGED_BY_LABEL] === MANAGED_BY && annotations[PLANE_ANNOTATION] === planeKey(identity);
}

/**
 * Has the API server check a write of a Secret without storing it.
 *
 * @throws KubeError
 */
export async function dryRunSecret(caller: Caller, plane: LivePlane, edit: SecretEdit): Promise<void> {
  await sendSecret(caller, plane, edit, 'dry-run');
}

/**
 * Writes a Secret as the caller: creates it, or changes the given keys at the resourceVersion that was read. Logs
 * its intent and outcome.
 *
 * @returns the Secret after the write
 * @throws KubeError, `bad-answer` when the answer doesn't prove that the Secret has the new values
 */
export async function writeSecret(caller: Caller, plane: LivePlane, edit: SecretEdit): Promise<LiveSecret> {
  const change = auditedChange(edit, edit.live ? 'patch' : 'create');
  return auditedWrite(caller, change, async (audited) =>
    parseLiveSecret(edit.secret, await sendSecret(caller, plane, edit, audited)),
  );
}

async function sendSecret(
  { client }: Caller,
  plane: LivePlane,
  edit: SecretEdit,
  mode: WriteMode,
): Promise<JsonObject> {
  const { secret, live, replacement } = edit;
  if (!live) {
    const created = manifest(plane, edit);
    const shown = { metadata: { annotations: created.metadata.annotations }, data: created.data };
    try {
      const { object, isCreated } = await createObject(client, secretsPath(secret.namespace), created, mode);
      // A new Secret has the values, even if a policy removes its annotations.
      requireChange(object, isCreated ? { data: created.data } : shown);
      return object;
    } catch (error) {
      const failure = asKubeError(error);
      if (failure.code !== 'already-exists' || mode === 'dry-run') throw failure;
      // A proxy may send a request twice. The id of the replacement proves that the first one created the Secret.
      const found = await readLiveSecret(client, secret);
      if (found !== null && showsChange(found.raw, shown)) return found.raw;
      // A policy may have removed the id.
      throw found !== null && showsChange(found.raw, { data: created.data })
        ? notShown('new Secret')
        : failure;
    }
  }
  const patch = {
    metadata: {
      resourceVersion: live.resourceVersion,
      annotations: { [REPLACEMENT_ANNOTATION]: replacement },
    },
    data: changedData(edit, live),
  };
  return (await patchObject(client, live, patch, mode)).object;
}

/**
 * Returns the new values and, beside them, the old ones under keys of their own. One patch writes both, so an
 * interruption never loses a value.
 */
function changedData({ texts, continues }: SecretEdit, live: LiveSecret): Record<string, string | null> {
  const data = dictionary<string | null>(Object.entries(encodedData(texts)));
  if (continues !== null && live.annotations[REPLACEMENT_ANNOTATION] === continues) return data;
  const stored = storedData(live);
  for (const key of Object.keys(texts)) data[oldValueKey(key)] = stored[key] ?? null;
  return data;
}

/** Returns the values of a Secret as the API server encodes them, so that copying them changes no byte. */
export function storedData({ raw }: LiveSecret): Record<string, string> {
  const data = isJsonObject(raw.data) ? raw.data : {};
  return dictionary(
    Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/**
 * Restores a Secret to its state before `writeSecret`, unless it has changed since: deletes a new Secret, and gives a
 * changed one its earlier values. Never throws.
 *
 * @param written the Secret as `writeSecret` left it
 * @returns why it was not restored; null: it was restored
 */
export async function undoSecret(
  caller: Caller,
  edit: SecretEdit,
  written: LiveSecret,
): Promise<string | null> {
  const { client } = caller;
  const { live } = edit;
  try {
    if (!live) {
      await deleteAudited(caller, auditedChange(edit, 'delete'), written);
      return null;
    }
    const { resourceVersion } = written;
    const earlierId = live.annotations[REPLACEMENT_ANNOTATION] ?? null;
    const patch = {
      metadata: { resourceVersion, annotations: { [REPLACEMENT_ANNOTATION]: earlierId } },
      data: earlierData(live, Object.keys(changedData(edit, live))),
    };
    await auditedWrite(caller, auditedChange(edit, 'patch'), (audited) =>
      patchObject(client, written, patch, audited),
    );
    return null;
  } catch (error) {
    return asKubeError(error).message;
  }
}

/** Returns the problem to answer when the API server rejected a write of a Secret. */
export function rejectedSecretWrite(
  failure: KubeError,
  { secret, live }: SecretEdit,
  hide: (text: string) => string,
  dryRun: boolean,
): ProblemError {
  const what = capital(describeSecret(secret));
  if (failure.code === 'conflict')
    return new ProblemError(
      'conflict',
      `${what} changed after it was read, so it wasn't overwritten. Try again.`,
    );
  const { code } = asProblemError(failure);
  const verb = live ? 'changed' : 'created';
  const why = asSentence(capital(hide(failure.message)));
  return new ProblemError(
    code,
    !dryRun && isOutcomeUnknown(failure)
      ? `Outcome unknown: ${describeSecret(secret)} may have been ${verb}. ${why} Check it before you try again.`
      : `${what} can't be ${verb}. ${why}`,
  );
}

function earlierData(live: LiveSecret, keys: readonly string[]): Record<string, string | null> {
  const stored = storedData(live);
  return Object.fromEntries(keys.map((key) => [key, stored[key] ?? null]));
}

function manifest({ identity }: LivePlane, { secret, texts, replacement }: SecretEdit) {
  const { namespace, name } = secret;
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace,
      labels: { [MANAGED_BY_LABEL]: MANAGED_BY },
      annotations: { [PLANE_ANNOTATION]: planeKey(identity), [REPLACEMENT_ANNOTATION]: replacement },
    },
    type: 'Opaque',
    data: encodedData(texts),
  };
}

function auditedChange({ secret, texts }: SecretEdit, verb: AuditedChange['verb']): AuditedChange {
  return {
    verb,
    object: { kind: 'Secret', ...secret },
    changed: Object.keys(texts).map((key) => `data.${key}`),
  };
}
