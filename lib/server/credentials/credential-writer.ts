import 'server-only';
import {
  finishedReplacements,
  recordPatch,
  unfinishedReplacements,
} from '@/lib/plane/credentials/replacement-record';
import type { JsonObject } from '@/lib/plane/json/json';
import { applyMergePatch } from '@/lib/plane/json/merge-patch';
import { REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';
import { asSentence, capital } from '@/lib/plane/model/text';
import { annotationsOf, describePlane, type LivePlane, readLivePlane } from '@/lib/server/edit/live-plane';
import { patchExactly } from '@/lib/server/edit/patch-exactly';
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

/**
 * Executes a credential plan. First the plane remembers what is about to be written, then the Secrets are written, and
 * one patch of the plane switches references and ends the replacement. A rejected write undoes the earlier ones. After
 * an interruption, the plane still says what was being written.
 */
export class CredentialWriter {
  private readonly hide: (text: string) => string;
  private readonly written: WrittenSecret[] = [];
  private readonly refreshedAt = new Date(getRuntime().clock.nowMs()).toISOString();
  private readonly changesSpec: boolean;
  private readonly planePatch: JsonObject;
  /** The plane with the replacement that it remembers; null while it remembers none. */
  private announced: LivePlane | null = null;

  constructor(
    private readonly caller: Caller,
    private readonly live: LivePlane,
    private readonly slot: string,
    private readonly plan: CredentialPlan,
  ) {
    this.hide = hideSecrets([...plan.secretTexts, ...secretValues(live.raw)]);
    this.changesSpec = Object.keys(plan.spec).length > 0;
    const records = this.recordsAfter();
    const metadata = { annotations: { [REFRESHED_AT_ANNOTATION]: this.refreshedAt, ...records } };
    this.planePatch = this.changesSpec ? { metadata, spec: plan.spec } : { metadata };
  }

  /** The annotations after the last write: this replacement instead of an earlier one of the slot. */
  private recordsAfter(): Record<string, string | null> {
    const { live, slot, plan } = this;
    const annotations = annotationsOf(live);
    const isKnown = slot in finishedReplacements(annotations) || slot in unfinishedReplacements(annotations);
    return plan.record !== null || (this.changesSpec && isKnown)
      ? recordPatch(annotations, slot, { unfinished: null, finished: plan.record })
      : {};
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
    if (!this.changesSpec && !this.mustAnnounce()) return;
    try {
      await patchExactly(this.caller, this.live, this.planePatch, { dryRun: true });
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
    await this.announce();
    for (const edit of this.plan.secrets) await this.writeSecret(edit);
    return this.writePlane();
  }

  /** One write of one Secret can't be interrupted halfway, so it needs no right to change the plane. */
  private mustAnnounce(): boolean {
    return this.plan.secrets.length > (this.changesSpec ? 0 : 1);
  }

  /** Makes the plane remember what is about to be written, before the first Secret changes. */
  private async announce(): Promise<void> {
    const { caller, live, slot, plan } = this;
    if (plan.record === null || plan.secrets.length === 0) return;
    const annotations = recordPatch(annotationsOf(live), slot, { unfinished: plan.record });
    try {
      const patched = await patchExactly(caller, live, { metadata: { annotations } }, { dryRun: false });
      this.announced = patched.plane;
    } catch (error) {
      const isForbidden = asKubeError(error).code === 'forbidden';
      if (!isForbidden || this.mustAnnounce()) throw this.rejectedPlane(error, false);
    }
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
      await patchExactly(caller, this.announced ?? live, planePatch, { dryRun: false });
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
    await this.withdraw(sentences.some((sentence) => !sentence.endsWith('was undone.')));
    return new ProblemError(code, [detail, ...sentences].join(' '), extensions);
  }

  /** Makes the plane forget a replacement that was undone. If that fails, the page offers to undo it again. */
  private async withdraw(isPartlyWritten: boolean): Promise<void> {
    const { announced, caller, live, slot } = this;
    if (announced === null || isPartlyWritten) return;
    const unfinished = unfinishedReplacements(annotationsOf(live))[slot] ?? null;
    try {
      // Someone else may have changed the plane meanwhile, which may be why the write was rejected.
      const now = await readLivePlane(caller, live.identity);
      const annotations = recordPatch(annotationsOf(now), slot, { unfinished });
      await patchExactly(caller, now, { metadata: { annotations } }, { dryRun: false });
    } catch {
      // The page then shows the replacement as interrupted, with nothing written.
    }
  }
}
