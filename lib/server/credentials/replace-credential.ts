import 'server-only';
import type { CredentialReplacement, CredentialReplacementAnswer } from '@/lib/api/credentials';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { type LivePlane, planeReference, readLivePlane } from '@/lib/server/edit/live-plane';
import { refuseManagedPlane, refuseManagedSecret } from '@/lib/server/edit/managed-elsewhere';
import type { Caller } from '@/lib/server/rights/caller';
import { type CredentialPlan, planCredential } from './credential-plan';
import { CredentialWriter } from './credential-writer';

/**
 * Replaces the material of one credential slot of a plane, as the caller: in its Secret, in the plane, or in a new
 * place. The API server dry-runs all writes first. Secrets are written before the plane, which is refreshed at the
 * end because controllers don't watch Secrets. When a write is rejected, the earlier ones are undone.
 *
 * @throws ProblemError `invalid-field` with paths in the request, `managed-elsewhere`, `already-exists`, `conflict`;
 * KubeError when the API server can't be reached
 */
export async function replaceCredential(
  caller: Caller,
  identity: PlaneIdentity,
  change: CredentialReplacement,
): Promise<CredentialReplacementAnswer> {
  const live = await readLivePlane(caller, identity);
  const plan = await planCredential(caller, live, change);
  const { dryRun = false, evenIfManaged = false } = change;
  if (!dryRun && !evenIfManaged) refuseManaged(live, plan);
  const writer = new CredentialWriter(caller, live, plan);
  await writer.dryRun();
  if (dryRun) return answerOf(live, plan, { dryRun, refreshedAt: null });
  const { refreshedAt, warning } = await writer.write();
  return answerOf(live, plan, { dryRun, refreshedAt, ...(warning === null ? {} : { warning }) });
}

function refuseManaged(live: LivePlane, { spec, secrets }: CredentialPlan): void {
  if (Object.keys(spec).length > 0) refuseManagedPlane(live);
  for (const { live: secret } of secrets) if (secret) refuseManagedSecret(secret);
}

interface Outcome {
  readonly dryRun: boolean;
  readonly refreshedAt: string | null;
  /** Why the plane was not written. */
  readonly warning?: string;
}

function answerOf(
  live: LivePlane,
  { secrets, fingerprints, warnings, bundle, removed }: CredentialPlan,
  { dryRun, refreshedAt, warning }: Outcome,
): CredentialReplacementAnswer {
  return {
    dryRun,
    written: [
      ...secrets.map(({ secret }) => ({ kind: 'Secret', ...secret })),
      ...(warning === undefined ? [planeReference(live)] : []),
    ],
    refreshedAt,
    fingerprints: [...fingerprints],
    warnings: [...warnings, ...(warning === undefined ? [] : [warning])],
    ...(bundle === '' ? {} : { bundle }),
    ...(removed === '' ? {} : { removed }),
  };
}
