import 'server-only';
import { MANAGED_BY, MANAGED_BY_LABEL, PLANE_ANNOTATION } from '@/lib/plane/model/annotations';
import { planeKey } from '@/lib/plane/model/plane-path';
import type { LivePlane } from '@/lib/server/edit/live-plane';
import { WRITE_QUERY } from '@/lib/server/edit/patch-plane';
import { isLost } from '@/lib/server/edit/refused-change';
import { asProblemError, ProblemError } from '@/lib/server/http/problem';
import { secretsPath } from '@/lib/server/kube/api-paths';
import { asKubeError, type KubeError } from '@/lib/server/kube/kube-error';
import { encodedData } from '@/lib/server/kube/live-object';
import { type LiveSecret, liveSecretOf, type SecretName, secretWords } from '@/lib/server/kube/live-secret';
import { capital, sentence } from '@/lib/server/kube/object-problem';
import { audit } from '@/lib/server/process/audit';
import type { Caller } from '@/lib/server/rights/caller';

const WRITE_TIMEOUT_MS = 10_000;

/** What of one Secret is to change: a text for each key. Its other keys are left alone. */
export interface SecretEdit {
  readonly secret: SecretName;
  /** Null: it does not exist and is made. */
  readonly live: LiveSecret | null;
  readonly texts: Readonly<Record<string, string>>;
}

/** Whether Planeboard made a Secret for exactly this plane, by the marks that it put on it. */
export function isCreatedFor(
  { labels, annotations }: Pick<LiveSecret, 'labels' | 'annotations'>,
  { identity }: Pick<LivePlane, 'identity'>,
): boolean {
  return labels[MANAGED_BY_LABEL] === MANAGED_BY && annotations[PLANE_ANNOTATION] === planeKey(identity);
}

/** Has the API server check a write of a Secret; nothing is written. Throws a KubeError. */
export async function trySecret(caller: Caller, plane: LivePlane, edit: SecretEdit): Promise<void> {
  await sendSecret(caller, plane, edit, { dryRun: 'All' });
}

/**
 * Writes a Secret as the caller: makes it, or changes those keys on the resourceVersion that was read. One audit line.
 *
 * @returns the Secret as it is now
 * @throws KubeError
 */
export async function writeSecret(caller: Caller, plane: LivePlane, edit: SecretEdit): Promise<LiveSecret> {
  const { secret, live, texts } = edit;
  const tell = (outcome: string) =>
    auditSecret(caller, secret, live ? 'patch' : 'create', outcome, Object.keys(texts));
  try {
    const body = await sendSecret(caller, plane, edit, {});
    tell('done');
    return liveSecretOf(secret, body);
  } catch (error) {
    const failure = asKubeError(error);
    tell(failure.code);
    throw failure;
  }
}

async function sendSecret(
  caller: Caller,
  plane: LivePlane,
  { secret, live, texts }: SecretEdit,
  query: Readonly<Record<string, string>>,
): Promise<unknown> {
  const data = encodedData(texts);
  const request = live
    ? ({
        method: 'PATCH',
        path: live.path,
        contentType: 'application/merge-patch+json',
        body: { metadata: { resourceVersion: live.resourceVersion }, data },
      } as const)
    : ({ method: 'POST', path: secretsPath(secret.namespace), body: manifest(plane, secret, data) } as const);
  const { body } = await caller.client.request({
    ...request,
    query: { ...WRITE_QUERY, ...query },
    timeoutMs: WRITE_TIMEOUT_MS,
  });
  return body;
}

/**
 * Sets a Secret back to what it was before it was written, as long as nobody wrote it since: what was made is deleted,
 * what was changed gets its earlier values. Never throws.
 *
 * @param written the Secret as `writeSecret` left it
 * @returns why it is as it was written, as a part of a sentence; null: it is as it was before
 */
export async function undoSecret(
  caller: Caller,
  { secret, live, texts }: SecretEdit,
  written: LiveSecret,
): Promise<string | null> {
  const keys = Object.keys(texts);
  const tell = (outcome: string) => auditSecret(caller, secret, live ? 'patch' : 'delete', outcome, keys);
  try {
    await caller.client.request(
      live
        ? {
            method: 'PATCH',
            path: written.path,
            query: WRITE_QUERY,
            contentType: 'application/merge-patch+json',
            body: { metadata: { resourceVersion: written.resourceVersion }, data: earlier(live, keys) },
            timeoutMs: WRITE_TIMEOUT_MS,
          }
        : {
            method: 'DELETE',
            path: written.path,
            body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: written.uid } },
            timeoutMs: WRITE_TIMEOUT_MS,
          },
    );
    tell('done');
    return null;
  } catch (error) {
    const failure = asKubeError(error);
    tell(failure.code);
    return `it could not be set back (${failure.message})`;
  }
}

/** The problem that a refused write of a Secret stands for. */
export function refusedSecret(
  failure: KubeError,
  { secret, live }: SecretEdit,
  publicText: (text: string) => string,
  dryRun: boolean,
): ProblemError {
  const what = capital(secretWords(secret));
  if (failure.code === 'conflict')
    return new ProblemError(
      'conflict',
      `${what} was changed by somebody else meanwhile: nothing was written.`,
    );
  const { code } = asProblemError(failure);
  const verb = live ? 'changed' : 'created';
  const detail = `${what} cannot be ${verb}. ${publicText(sentence(failure.message))}`;
  const unsure = ` Whether it was ${verb} is not known: look at it before you try again.`;
  return new ProblemError(code, !dryRun && isLost(failure) ? `${detail}${unsure}` : detail);
}

function earlier(live: LiveSecret, keys: readonly string[]): Record<string, string | null> {
  return Object.fromEntries(
    keys.map((key) => {
      const text = live.textOf(key);
      return [key, text === undefined ? null : Buffer.from(text, 'utf8').toString('base64')];
    }),
  );
}

function manifest(
  { identity }: LivePlane,
  { namespace, name }: SecretName,
  data: Readonly<Record<string, string>>,
) {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace,
      labels: { [MANAGED_BY_LABEL]: MANAGED_BY },
      annotations: { [PLANE_ANNOTATION]: planeKey(identity) },
    },
    type: 'Opaque',
    data,
  };
}

function auditSecret(
  caller: Caller,
  { namespace, name }: SecretName,
  verb: 'create' | 'patch' | 'delete',
  outcome: string,
  keys: readonly string[],
): void {
  audit({
    user: caller.user,
    verb,
    object: { kind: 'Secret', namespace, name },
    outcome,
    changed: keys.map((key) => `data.${key}`),
  });
}
