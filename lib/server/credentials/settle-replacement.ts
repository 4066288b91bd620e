import 'server-only';
import type { Settlement, SettlementAnswer } from '@/lib/api/replacements';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import {
  finishedReplacements,
  type RecordChange,
  type ReplacementRecord,
  recordPatch,
  unfinishedReplacements,
  type WrittenPlace,
} from '@/lib/plane/credentials/replacement-record';
import type { JsonObject } from '@/lib/plane/json/json';
import { REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { capital, joinList } from '@/lib/plane/model/text';
import { annotationsOf, describePlane, type LivePlane, readLivePlane } from '@/lib/server/edit/live-plane';
import { refuseManagedPlane, refuseManagedSecret } from '@/lib/server/edit/managed-elsewhere';
import { patchExactly } from '@/lib/server/edit/patch-exactly';
import { ProblemError } from '@/lib/server/http/problem';
import { describeSecret, readLiveSecret, type SecretName } from '@/lib/server/kube/read-secret';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { combinePatches } from './credential-plan';
import { switchedReference } from './credential-target';
import {
  deleteSecret,
  forgetOldValues,
  hasOldValues,
  type ReplacedSecret,
  readReplacedSecrets,
  reasonToKeep,
  restoreValues,
} from './replaced-secrets';
import { refuseWhileWriting } from './running-replacements';
import { slotsIn } from './secret-users';

/**
 * Ends a replacement of a plane's credential that the plane remembers, as the caller: finishes it, restores the
 * old credential, or deletes the old one. Each step can be interrupted and repeated: until the last write, the plane
 * remembers the replacement.
 *
 * @throws ProblemError `conflict` when there is nothing to end, or the plane or its Secrets don't allow it;
 * `managed-elsewhere`; KubeError
 */
export async function settleReplacement(
  caller: Caller,
  identity: PlaneIdentity,
  { slot, action, evenIfManaged = false }: Settlement,
): Promise<SettlementAnswer> {
  const live = await readLivePlane(caller, identity);
  const annotations = annotationsOf(live);
  const unfinished = unfinishedReplacements(annotations)[slot];
  const finished = finishedReplacements(annotations)[slot];
  const record =
    action === 'finish' ? unfinished : action === 'restore' ? (unfinished ?? finished) : finished;
  if (!record || (action === 'delete-old' && unfinished))
    throw new ProblemError(
      'conflict',
      `${capital(describePlane(live))} doesn't have this replacement any more. Someone else may have ended it.`,
    );
  refuseWhileWriting(caller, live, slot);
  const settlement = new SettlementRun(caller, live, slot, record, evenIfManaged);
  if (action === 'finish') return settlement.finish();
  if (action === 'delete-old') return settlement.deleteOld();
  return record === unfinished ? settlement.abandon() : settlement.revert();
}

class SettlementRun {
  private readonly done: string[] = [];

  constructor(
    private readonly caller: Caller,
    private live: LivePlane,
    private readonly slot: string,
    private readonly record: ReplacementRecord,
    private readonly evenIfManaged: boolean,
  ) {}

  /** Completes an interrupted replacement whose Secrets are all written. */
  async finish(): Promise<SettlementAnswer> {
    const { record } = this;
    const secrets = await readReplacedSecrets(this.caller, record);
    const problem = unfinishable(this.live, secrets);
    if (problem !== null)
      throw new ProblemError(
        'conflict',
        `${problem} Enter the new credential again, or restore the old one.`,
      );
    const spec = this.switches(({ was, name }) => ({ from: was, to: name }));
    this.refuseManaged(spec, []);
    return this.patch({ unfinished: null, finished: record }, spec);
  }

  /** Undoes an interrupted replacement. The plane still refers to the old Secrets. */
  async abandon(): Promise<SettlementAnswer> {
    const secrets = await readReplacedSecrets(this.caller, this.record);
    this.refuseManaged(
      {},
      secrets.filter(({ isWritten }) => isWritten),
    );
    await this.undo(secrets);
    return this.patch({ unfinished: null }, {});
  }

  /** Undoes a finished replacement. */
  async revert(): Promise<SettlementAnswer> {
    const secrets = await readReplacedSecrets(this.caller, this.record);
    const changed = secrets.filter(({ isCreated }) => !isCreated);
    const spec = this.switches(({ was, name }) => ({ from: name, to: was }));
    if (Object.keys(spec).length === 0 && changed.length === 0) throw this.notStored();
    for (const secret of changed) if (!hasOldValues(secret)) throw this.notStored();
    for (const { was, namespace } of this.record.places)
      if (was !== undefined && !(await readLiveSecret(this.caller.client, { namespace, name: was })))
        throw this.notStored();
    this.refuseManaged(spec, changed);
    if (changed.length > 0) await this.patch({ unfinished: this.record, finished: null }, {});
    for (const secret of changed) await this.restore(secret);
    const answer = await this.patch({ unfinished: null, finished: null }, spec);
    // The plane uses the old Secret again, so the new one is only tidied up.
    for (const secret of secrets.filter(({ isCreated }) => isCreated))
      await this.remove(secret, null).catch(() => {
        this.done.push(`${capital(describeSecret(secret))} couldn't be deleted.`);
      });
    return { ...answer, done: this.done };
  }

  /** Deletes the old material of a finished replacement, or keeps a Secret that isn't Planeboard's to delete. */
  async deleteOld(): Promise<SettlementAnswer> {
    const secrets = await readReplacedSecrets(this.caller, this.record);
    this.refuseManaged({}, secrets.filter(hasOldValues));
    for (const secret of secrets.filter(({ isCreated }) => !isCreated)) {
      if (!hasOldValues(secret)) continue;
      await forgetOldValues(this.caller, secret);
      this.done.push(`The old value was deleted from ${describeSecret(secret)}.`);
    }
    for (const old of oldSecrets(this.record)) {
      const live = await readLiveSecret(this.caller.client, old);
      if (live === null) continue;
      const keep = await reasonToKeep(this.caller, this.live, live);
      if (keep === null) await deleteSecret(this.caller, live);
      this.done.push(keep ?? `${capital(describeSecret(old))} was deleted.`);
    }
    return this.patch({ finished: null }, {});
  }

  private async undo(secrets: readonly ReplacedSecret[]): Promise<void> {
    for (const secret of secrets)
      if (secret.isCreated) await this.remove(secret, this.live.uid);
      else if (secret.isWritten) await this.restore(secret);
  }

  private async restore(secret: ReplacedSecret): Promise<void> {
    await restoreValues(this.caller, secret);
    this.done.push(`The old value in ${describeSecret(secret)} was restored.`);
  }

  private async remove({ live, isWritten }: ReplacedSecret, ownUid: string | null): Promise<void> {
    if (live === null) return;
    if (!isWritten) {
      this.done.push(`${unmarked(live)}, so it was kept.`);
      return;
    }
    const keep = await reasonToKeep(this.caller, this.live, live, ownUid);
    if (keep === null) await deleteSecret(this.caller, live);
    this.done.push(keep ?? `${capital(describeSecret(live))} was deleted.`);
  }

  /**
   * Returns the patch of the spec that switches every reference of the replacement.
   *
   * @throws ProblemError `conflict` when a reference is no longer the one that is left
   */
  private switches(
    between: (place: WrittenPlace) => { readonly from: string | undefined; readonly to: string | undefined },
  ): JsonObject {
    const slots = new Map(credentialSlots(this.live.kind).map((slot) => [slot.id, slot]));
    let spec: JsonObject = {};
    for (const place of this.record.places) {
      const { from, to } = between(place);
      const slot = slots.get(place.slot);
      if (place.was === undefined || from === undefined || to === undefined || !slot) continue;
      const uses = slotsIn(this.live, { namespace: place.namespace, name: from });
      if (!uses.some((use) => use.slot.id === slot.id && use.key === place.key))
        throw new ProblemError(
          'conflict',
          `${capital(describePlane(this.live))} no longer refers to Secret ${from}, so its references weren't switched. Replace the credential again.`,
        );
      spec = combinePatches(spec, { ...switchedReference(slot, to) });
    }
    return spec;
  }

  private refuseManaged(spec: JsonObject, secrets: readonly ReplacedSecret[]): void {
    if (this.evenIfManaged) return;
    if (Object.keys(spec).length > 0) refuseManagedPlane(this.live);
    for (const { live } of secrets) if (live) refuseManagedSecret(live);
  }

  private async patch(change: RecordChange, spec: JsonObject): Promise<SettlementAnswer> {
    const refreshedAt = new Date(getRuntime().clock.nowMs()).toISOString();
    const records = recordPatch(annotationsOf(this.live), this.slot, change);
    const metadata = { annotations: { ...records, [REFRESHED_AT_ANNOTATION]: refreshedAt } };
    const patch = Object.keys(spec).length > 0 ? { metadata, spec } : { metadata };
    const { plane } = await patchExactly(this.caller, this.live, patch, { dryRun: false });
    this.live = plane;
    return { done: this.done, refreshedAt };
  }

  private notStored(): ProblemError {
    return new ProblemError(
      'conflict',
      "The old credential isn't stored any more, so it can't be restored. Enter it as a new one.",
    );
  }
}

/**
 * Returns why an interrupted replacement can't be finished without its material, as a sentence, or null: a Secret wasn't
 * written, or the plane was to refer to a Secret instead of an inline value.
 */
export function unfinishable(live: LivePlane, secrets: readonly ReplacedSecret[]): string | null {
  const missing = secrets.filter(({ isWritten }) => !isWritten);
  for (const { live: secret, isCreated } of missing)
    if (secret !== null && isCreated) return `${unmarked(secret)}.`;
  if (missing.length > 0)
    return `${capital(joinList(missing.map(describeSecret)))} ${missing.length === 1 ? "wasn't" : "weren't"} written.`;
  const unreferred = secrets.filter((secret) => {
    const uses = slotsIn(live, secret);
    return secret.places.some(
      ({ slot, key, was }) =>
        was === undefined && !uses.some((use) => use.slot.id === slot && use.key === key),
    );
  });
  return unreferred.length === 0
    ? null
    : `${capital(describePlane(live))} doesn't refer to ${joinList(unreferred.map(describeSecret))}.`;
}

/** Returns why nothing tells whether a replacement created a Secret: a policy may have removed its annotations. */
function unmarked(secret: SecretName): string {
  return `${capital(describeSecret(secret))} exists, but isn't marked as written by this replacement`;
}

/** Returns the Secrets that a replacement's new ones succeed. */
export function oldSecrets({ places }: ReplacementRecord): SecretName[] {
  const found = new Map<string, SecretName>();
  for (const { namespace, was } of places)
    if (was !== undefined) found.set(`${namespace}/${was}`, { namespace, name: was });
  return [...found.values()];
}
