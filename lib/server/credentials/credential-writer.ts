import 'server-only';
import type { JsonObject } from '@/lib/plane/json/json';
import { applyMergePatch } from '@/lib/plane/json/merge-patch';
import { REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';
import { asSentence, capital } from '@/lib/plane/model/text';
import { describePlane, type LivePlane } from '@/lib/server/edit/live-plane';
import { patchPlane } from '@/lib/server/edit/patch-plane';
import { rejectedWrite } from '@/lib/server/edit/rejected-write';
import { asProblemError, ProblemError } from '@/lib/server/http/problem';
import { hideSecrets, secretValues } from '@/lib/server/kube/hide-secrets';
import { asKubeError, isOutcomeUnknown, type KubeError } from '@/lib/server/kube/kube-error';
import { describeSecret, type LiveSecret } from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { CredentialPlan } from './credential-plan';
import { dryRunSecret, rejectedSecretWrite, type SecretEdit, undoSecret, writeSecret } from './write-secret';

interface WrittenSecret {
  readonly edit: SecretEdit;
  readonly now: LiveSecret;
}

export interface CredentialWriteResult {
  /** On the API server's clock; null: only Secrets were written. */
  readonly refreshedAt: string | null;
  /** Why the plane could not be refreshed, although all Secrets were written. */
  readonly warning: string | null;
}

/** Executes a credential plan: writes the Secrets, then the plane, and undoes its writes when one is rejected. */
export class CredentialWriter {
  private readonly hide: (text: string) => string;
  private readonly written: WrittenSecret[] = [];
  private readonly refreshedAt = new Date(getRuntime().clock.nowMs()).toISOString();
  private readonly changesSpec: boolean;
  private readonly planePatch: JsonObject;

  constructor(
    private readonly caller: Caller,
    private readonly live: LivePlane,
    private readonly plan: CredentialPlan,
  ) {
    this.hide = hideSecrets([...plan.secretTexts, ...secretValues(live.raw)]);
    this.changesSpec = Object.keys(plan.spec).length > 0;
    const metadata = { annotations: { [REFRESHED_AT_ANNOTATION]: this.refreshedAt } };
    this.planePatch = this.changesSpec ? { metadata, spec: plan.spec } : { metadata };
  }

  /**
   * Has the API server check all writes without storing anything.
   *
   * @throws ProblemError
   */
  async dryRun(): Promise<void> {
    for (const edit of this.plan.secrets) {
      try {
        await dryRunSecret(this.caller, this.live, edit);
      } catch (error) {
        throw rejectedSecretWrite(asKubeError(error), edit, this.hide, true);
      }
    }
    if (!this.changesSpec) return;
    try {
      await patchPlane(this.caller, this.live, this.planePatch, { dryRun: true });
    } catch (error) {
      throw this.rejectedPlane(error, true);
    }
  }

  /**
   * Writes the plan.
   *
   * @throws ProblemError that says what was undone, and what could not be
   */
  async write(): Promise<CredentialWriteResult> {
    for (const edit of this.plan.secrets) await this.writeSecret(edit);
    return this.writePlane();
  }

  private async writeSecret(edit: SecretEdit): Promise<void> {
    try {
      const now = await writeSecret(this.caller, this.live, edit);
      this.written.push({ edit, now });
    } catch (error) {
      const failure = asKubeError(error);
      const problem = rejectedSecretWrite(failure, edit, this.hide, false);
      throw isOutcomeUnknown(failure) ? problem : await this.undo(problem);
    }
  }

  private async writePlane(): Promise<CredentialWriteResult> {
    const { caller, live, planePatch, refreshedAt } = this;
    try {
      await patchPlane(caller, live, planePatch, { dryRun: false });
      return { refreshedAt, warning: null };
    } catch (error) {
      const failure = asKubeError(error);
      if (!this.changesSpec && this.written.length > 0)
        return { refreshedAt: null, warning: this.notRefreshed(failure) };
      const problem = this.rejectedPlane(error, false);
      // The plane may refer to the written Secret, and would be worse off without it.
      throw isOutcomeUnknown(failure) ? problem : await this.undo(problem);
    }
  }

  private notRefreshed(failure: KubeError): string {
    const plane = describePlane(this.live);
    const why = asSentence(capital(this.hide(failure.message)));
    return isOutcomeUnknown(failure)
      ? `Outcome unknown: ${plane} may have been refreshed. ${why} If it wasn't, the controller applies the change at its next scheduled reconcile.`
      : `Refreshing ${plane} failed. ${why} The controller applies the change at its next scheduled reconcile.`;
  }

  private rejectedPlane(error: unknown, dryRun: boolean): ProblemError {
    const wanted = applyMergePatch(this.live.raw, this.planePatch);
    return rejectedWrite(error, this.live, wanted, this.hide, dryRun);
  }

  /** Restores the written Secrets, and adds the outcome to the problem. */
  private async undo(problem: ProblemError): Promise<ProblemError> {
    const { code, detail = '', extensions } = asProblemError(problem);
    const sentences: string[] = [];
    for (const { edit, now } of [...this.written].reverse()) {
      const why = await undoSecret(this.caller, edit, now);
      const change = `The change to ${describeSecret(edit.secret)}`;
      sentences.push(
        why === null
          ? `${change} was undone.`
          : `${change} couldn't be undone. ${asSentence(capital(this.hide(why)))}`,
      );
    }
    return new ProblemError(code, [detail, ...sentences].join(' '), extensions);
  }
}
