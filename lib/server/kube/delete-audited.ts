import 'server-only';
import type { JsonObject } from '@/lib/plane/json/json';
import type { AuditActor, AuditedChange } from '@/lib/server/log/audit';
import { auditedWrite } from './audited-write';
import type { KubeClient } from './kube-client';
import { asKubeError } from './kube-error';
import { deleteObject, type ObjectPlace } from './object-requests';

/**
 * Deletes exactly the object with this uid, which was read before, and logs intent and outcome. An object that is
 * missing by then counts as deleted: a proxy may have sent the deletion twice, or someone else was faster. The audit log
 * says `not-found`, because it isn't known who deleted it.
 *
 * @returns the object while it waits for its finalizers; null when it no longer exists
 * @throws KubeError
 */
export async function deleteAudited(
  caller: AuditActor & { readonly client: Pick<KubeClient, 'request'> },
  change: Omit<AuditedChange, 'verb'>,
  place: ObjectPlace & { readonly uid: string },
): Promise<JsonObject | null> {
  try {
    return await auditedWrite(caller, { verb: 'delete', ...change }, (audited) =>
      deleteObject(caller.client, place, audited),
    );
  } catch (error) {
    const failure = asKubeError(error);
    if (failure.code === 'not-found') return null;
    throw failure;
  }
}
