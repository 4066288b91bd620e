import 'server-only';
import { FIELD_MANAGER, MANAGED_BY, MANAGED_BY_LABEL } from '@/lib/plane/model/annotations';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { type AuditEntry, audit } from '@/lib/server/process/audit';
import { getConfig } from '@/lib/server/process/config';
import type { Caller } from '@/lib/server/rights/caller';
import { parseTokenConfigMap, type StoredToken, type TokenConfigMap, WALL_CONFIG_MAP } from './wall-token';

const READ_TIMEOUT_MS = 5000;
const WRITE_TIMEOUT_MS = 10_000;
/** Others make tokens rarely, so even the second attempt is. */
const ATTEMPTS = 5;
const WRITE_QUERY = { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' } as const;

/** The tokens as the caller reads them; null: the ConfigMap is not there. Throws a KubeError. */
export async function readTokens(caller: Caller): Promise<TokenConfigMap | null> {
  try {
    const { body } = await caller.client.request({ path: objectPath(), timeoutMs: READ_TIMEOUT_MS });
    return parseTokenConfigMap(body);
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'not-found') return null;
    throw failure;
  }
}

/**
 * Changes the ConfigMap as the caller, on the version that was read; what somebody else writes in between is read
 * first, and the edit made anew. One audit line for each attempt.
 *
 * @param changed what the audit says of it
 * @param edit the keys of the data to set, null to remove; it may throw to give up
 * @throws KubeError, `conflict` after five attempts; whatever `edit` throws
 */
export async function editTokens(
  caller: Caller,
  changed: string,
  edit: (tokens: ReadonlyMap<string, StoredToken>) => Readonly<Record<string, string | null>>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const live = await readTokens(caller);
    const data = edit(live?.tokens ?? new Map());
    try {
      await audited(caller, live ? 'patch' : 'create', changed, () => write(caller, live, data));
      return;
    } catch (error) {
      const failure = asKubeError(error);
      const mayTryAgain = failure.code === 'conflict' || failure.code === 'already-exists';
      // It was deleted since it was read; a namespace that is not there is no reason to try again.
      const isGone = failure.code === 'not-found' && live !== null;
      if (!(mayTryAgain || isGone) || attempt === ATTEMPTS) throw failure;
    }
  }
}

function write(
  caller: Caller,
  live: TokenConfigMap | null,
  data: Readonly<Record<string, string | null>>,
): Promise<unknown> {
  if (live === null) {
    return caller.client.request({
      method: 'POST',
      path: collectionPath(),
      query: WRITE_QUERY,
      body: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: WALL_CONFIG_MAP, labels: { [MANAGED_BY_LABEL]: MANAGED_BY } },
        data,
      },
      timeoutMs: WRITE_TIMEOUT_MS,
    });
  }
  return caller.client.request({
    method: 'PATCH',
    path: objectPath(),
    query: WRITE_QUERY,
    contentType: 'application/merge-patch+json',
    body: { metadata: { resourceVersion: live.resourceVersion }, data },
    timeoutMs: WRITE_TIMEOUT_MS,
  });
}

async function audited(
  caller: Caller,
  verb: AuditEntry['verb'],
  changed: string,
  attempt: () => Promise<unknown>,
): Promise<void> {
  const object = { kind: 'ConfigMap', namespace: getConfig().controlPlaneNamespace, name: WALL_CONFIG_MAP };
  const tell = (outcome: string) => audit({ user: caller.user, verb, object, outcome, changed: [changed] });
  try {
    await attempt();
    tell('done');
  } catch (error) {
    tell(asKubeError(error).code);
    throw error;
  }
}

function collectionPath(): string {
  return `/api/v1/namespaces/${getConfig().controlPlaneNamespace}/configmaps`;
}

function objectPath(): string {
  return `${collectionPath()}/${WALL_CONFIG_MAP}`;
}
