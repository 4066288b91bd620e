import 'server-only';
import type { CredentialReplacement, CredentialReplacementAnswer } from '@/lib/api/credentials';
import type { JsonObject } from '@/lib/plane/json/json';
import { applyMergePatch } from '@/lib/plane/json/merge-patch';
import { REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { type LivePlane, planeReference, planeWords, readLivePlane } from '@/lib/server/edit/live-plane';
import { refuseManagedPlane, refuseManagedSecret } from '@/lib/server/edit/managed-elsewhere';
import { patchPlane } from '@/lib/server/edit/patch-plane';
import { isLost, refusedChange } from '@/lib/server/edit/refused-change';
import { asProblemError, ProblemError } from '@/lib/server/http/problem';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { type LiveSecret, secretWords } from '@/lib/server/kube/live-secret';
import { capital } from '@/lib/server/kube/object-problem';
import { secretTexts } from '@/lib/server/kube/secret-texts';
import { withoutTexts } from '@/lib/server/kube/without-material';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { type CredentialPlan, planCredential } from './credential-plan';
import { refusedSecret, type SecretEdit, trySecret, undoSecret, writeSecret } from './secret-edits';

/**
 * Replaces what stands in one credential slot of a plane, as the caller: in its Secret, in the plane, or at a new place.
 * The API server tries all of it first. At the end the plane is touched, since controllers do not watch Secrets. When
 * the last write is refused, the ones before it are taken back.
 *
 * @throws ProblemError `invalid-field` with paths in the request, `managed-elsewhere` and `already-exists`, `conflict`;
 *   KubeError when the API server cannot be asked
 */
export async function replaceCredential(
  caller: Caller,
  identity: PlaneIdentity,
  change: CredentialReplacement,
): Promise<CredentialReplacementAnswer> {
  const live = await readLivePlane(caller, identity);
  const plan = await planCredential(caller, live, change);
  const { dryRun = false, evenIfManaged = false } = change;
  if (!dryRun && !evenIfManaged) refuseKept(live, plan);
  return new CredentialWrites(caller, live, plan).run(dryRun);
}

function refuseKept(live: LivePlane, { spec, secrets }: CredentialPlan): void {
  if (Object.keys(spec).length > 0) refuseManagedPlane(live);
  for (const { live: secret } of secrets) if (secret) refuseManagedSecret(secret);
}

interface WrittenSecret {
  readonly edit: SecretEdit;
  readonly now: LiveSecret;
}

class CredentialWrites {
  private readonly publicText: (text: string) => string;
  private readonly written: WrittenSecret[] = [];

  constructor(
    private readonly caller: Caller,
    private readonly live: LivePlane,
    private readonly plan: CredentialPlan,
  ) {
    this.publicText = withoutTexts([...plan.secretTexts, ...secretTexts(live.raw)]);
  }

  async run(dryRun: boolean): Promise<CredentialReplacementAnswer> {
    const { plan, live } = this;
    const refreshedAt = new Date(getRuntime().clock.nowMs()).toISOString();
    await this.try(refreshedAt);
    const secrets = plan.secrets.map(({ secret }) => ({ kind: 'Secret', ...secret }));
    const { fingerprints, warnings, bundle, removed } = plan;
    const answer = {
      fingerprints: [...fingerprints],
      warnings: [...warnings],
      ...(bundle === '' ? {} : { bundle }),
      ...(removed === '' ? {} : { removed }),
    };
    if (dryRun) return { dryRun, written: [...secrets, planeReference(live)], refreshedAt: null, ...answer };
    for (const edit of plan.secrets) await this.writeSecret(edit);
    const untouched = await this.writePlane(refreshedAt);
    return untouched === null
      ? { dryRun, written: [...secrets, planeReference(live)], refreshedAt, ...answer }
      : { dryRun, written: secrets, refreshedAt: null, ...answer, warnings: [...warnings, untouched] };
  }

  /** Has the API server check all of it; nothing is written. */
  private async try(refreshedAt: string): Promise<void> {
    for (const edit of this.plan.secrets) {
      try {
        await trySecret(this.caller, this.live, edit);
      } catch (error) {
        throw refusedSecret(asKubeError(error), edit, this.publicText, true);
      }
    }
    if (!this.changesPlane()) return;
    try {
      await patchPlane(this.caller, this.live, this.planePatch(refreshedAt), { dryRun: true });
    } catch (error) {
      throw this.refusedPlane(error, refreshedAt, true);
    }
  }

  private async writeSecret(edit: SecretEdit): Promise<void> {
    try {
      const now = await writeSecret(this.caller, this.live, edit);
      this.written.push({ edit, now });
    } catch (error) {
      const failure = asKubeError(error);
      const problem = refusedSecret(failure, edit, this.publicText, false);
      throw isLost(failure) ? problem : await this.takenBack(problem);
    }
  }

  /** @returns why the plane could not be touched, when that was all that was left to do; null: it was written */
  private async writePlane(refreshedAt: string): Promise<string | null> {
    try {
      await patchPlane(this.caller, this.live, this.planePatch(refreshedAt), { dryRun: false });
      return null;
    } catch (error) {
      const failure = asKubeError(error);
      if (!this.changesPlane() && this.written.length > 0) return this.untouched(failure.message);
      const problem = this.refusedPlane(error, refreshedAt, false);
      // The plane may refer to what was written: it is worse without it.
      throw isLost(failure) ? problem : await this.takenBack(problem);
    }
  }

  private untouched(why: string): string {
    return `${capital(planeWords(this.live))} could not be touched (${this.publicText(why)}), so its controller takes the change up only when it looks by itself.`;
  }

  private refusedPlane(error: unknown, refreshedAt: string, dryRun: boolean): ProblemError {
    const wanted = applyMergePatch(this.live.raw, this.planePatch(refreshedAt));
    return refusedChange(asKubeError(error), this.live, wanted, this.publicText, dryRun);
  }

  private planePatch(refreshedAt: string): JsonObject {
    const metadata = { annotations: { [REFRESHED_AT_ANNOTATION]: refreshedAt } };
    return this.changesPlane() ? { metadata, spec: this.plan.spec } : { metadata };
  }

  private changesPlane(): boolean {
    return Object.keys(this.plan.spec).length > 0;
  }

  /** Sets back what was written, and says in the problem what could not be. */
  private async takenBack(problem: ProblemError): Promise<ProblemError> {
    const { code, detail = '', extensions } = asProblemError(problem);
    const sentences: string[] = [];
    for (const { edit, now } of [...this.written].reverse()) {
      const why = await undoSecret(this.caller, edit, now);
      sentences.push(
        why === null
          ? `${capital(secretWords(edit.secret))} is as it was before.`
          : `${capital(secretWords(edit.secret))} was written, and ${this.publicText(why)}.`,
      );
    }
    return new ProblemError(code, [detail, ...sentences].join(' '), extensions);
  }
}
