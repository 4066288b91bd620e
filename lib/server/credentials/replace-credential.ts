import 'server-only';
import type { CredentialReplacement, CredentialReplacementAnswer } from '@/lib/api/credentials';
import type { ReplacementRecord } from '@/lib/plane/credentials/replacement-record';
import { valueAt } from '@/lib/plane/json/json-path';
import { sameJson } from '@/lib/plane/json/merge-patch';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { type LivePlane, planeReference, readLivePlane } from '@/lib/server/edit/live-plane';
import { refuseManagedPlane, refuseManagedSecret } from '@/lib/server/edit/managed-elsewhere';
import { ProblemError } from '@/lib/server/http/problem';
import type { Caller } from '@/lib/server/rights/caller';
import { type CredentialPlan, planCredential } from './credential-plan';
import { CredentialWriter } from './credential-writer';
import { refuseWhileWriting, whileRunning } from './running-replacements';

/**
 * Replaces the material of one credential slot of a plane, as the caller: in its Secret, in the plane, or in a new
 * place. The API server dry-runs all writes first. Secrets are written before the plane, which is refreshed at the
 * end because controllers don't watch Secrets. When a write is rejected, the earlier ones are undone. When the writes
 * are interrupted, the plane's annotations say so, and `settleReplacement` finishes or undoes them.
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
  const { dryRun = false, evenIfManaged = false } = change;
  if (!dryRun) refuseWhileWriting(caller, live, change.slot);
  const plan = await planCredential(caller, live, change);
  if (!dryRun) refuseUnreviewed(live, plan, change);
  if (!dryRun && !evenIfManaged) refuseManaged(live, plan);
  const writer = new CredentialWriter(caller, live, change.slot, plan);
  await writer.dryRun();
  if (dryRun) return answerOf(live, plan, { dryRun, refreshedAt: null });
  const { refreshedAt, warning } = await whileRunning(plan.record?.id, () => writer.write());
  return answerOf(live, plan, { dryRun, refreshedAt, ...(warning === null ? {} : { warning }) });
}

/** Since the review, the plane may refer to another Secret, or someone else may have replaced the credential. */
function refuseUnreviewed(live: LivePlane, plan: CredentialPlan, { reviewed }: CredentialReplacement): void {
  if (reviewed === undefined || sameJson(reviewed, writesOf(live, plan))) return;
  throw new ProblemError(
    'conflict',
    'Nothing was written: since your review, the plane or a Secret that it refers to was changed, created or deleted. Review the change again.',
  );
}

/** Identifies what is written, and the version of it that is overwritten. */
function writesOf({ raw, uid }: LivePlane, { secrets, spec }: CredentialPlan): string[] {
  const ofSecrets = secrets.map(({ secret: { namespace, name }, live }) =>
    live
      ? `change Secret ${namespace}/${name}, version ${live.resourceVersion}`
      : `create Secret ${namespace}/${name}`,
  );
  if (Object.keys(spec).length === 0) return ofSecrets;
  // A changed status or annotation doesn't count.
  const generation = String(valueAt(raw, ['metadata', 'generation']));
  return [...ofSecrets, `change the spec of plane ${uid}, generation ${generation}`];
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
  plane: LivePlane,
  plan: CredentialPlan,
  { dryRun, refreshedAt, warning }: Outcome,
): CredentialReplacementAnswer {
  const { secrets, record, fingerprints, isSame, warnings, bundle, removed } = plan;
  const switched = switchedSecrets(record);
  return {
    dryRun,
    writes: writesOf(plane, plan),
    written: [
      ...secrets.map(({ secret, live }) => ({
        kind: 'Secret',
        ...secret,
        ...(live ? {} : { created: true as const }),
      })),
      ...(warning === undefined ? [planeReference(plane)] : []),
    ],
    refreshedAt,
    ...(switched.length === 0 ? {} : { switched }),
    fingerprints: [...fingerprints],
    ...(isSame ? { isSame } : {}),
    warnings: [...warnings, ...(warning === undefined ? [] : [warning])],
    ...(bundle === '' ? {} : { bundle }),
    ...(removed === '' ? {} : { removed }),
  };
}

/** Returns each Secret that a new one succeeds. */
function switchedSecrets(record: ReplacementRecord | null): Switched {
  const found = new Map<string, Switched[number]>();
  for (const { namespace, name, was } of record?.places ?? [])
    if (was !== undefined) found.set(`${namespace}/${was}`, { namespace, from: was, to: name });
  return [...found.values()];
}

type Switched = NonNullable<CredentialReplacementAnswer['switched']>;
