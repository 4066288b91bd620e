import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import type { FieldPath } from '@/lib/plane/history/traced-fields';
import { type AuditedWrite, auditedWrite } from '@/lib/server/kube/audited-write';
import { asKubeError, isOutcomeUnknown, type KubeError } from '@/lib/server/kube/kube-error';
import { encodedData, type LiveObject, parseLiveObject } from '@/lib/server/kube/live-object';
import {
  type CreationAnswer,
  createObject,
  patchObject,
  readObject,
} from '@/lib/server/kube/object-requests';
import { notShown } from '@/lib/server/kube/write-proof';
import type { AuditedChange } from '@/lib/server/log/audit';
import type { Caller } from '@/lib/server/rights/caller';
import type { Step } from './dry-run';
import {
  alreadyExists,
  mayBeOwn,
  type ObjectProblem,
  rejectedCreate,
  writtenDifferently,
} from './object-problem';
import {
  fieldsNotAsPlanned,
  isAsPlanned,
  isOfRegistration,
  type PlannedObject,
  placeOf,
  type RegistrationPlan,
} from './registration-plan';

/** Used after a lost answer: an API server that restarts, or has moved behind its load balancer, is soon back. */
const READ_PAUSES_MS = [0, 300, 1200];
const ATTEMPTS = 2;

/** An object of the registration that exists. */
export interface WrittenObject {
  readonly planned: PlannedObject;
  readonly outcome: 'created' | 'adopted';
  readonly uid: string;
  /** The fields that admission changed or dropped. */
  readonly notStored: readonly FieldPath[];
  /** Whether it says which registration created it, so a retry recognizes it. */
  readonly keepsMark: boolean;
}

/** A step that failed, and whether its object may exist anyway. */
export interface FailedStep {
  readonly planned: PlannedObject;
  readonly problem: ObjectProblem;
  readonly unsure: boolean;
  readonly keepsMark: boolean;
}

export interface WriteOutcome {
  readonly written: readonly WrittenObject[];
  readonly failed: FailedStep | null;
}

/** Carries out the steps in order, as the caller, until one fails. Never throws. */
export async function writeSteps(
  caller: Caller,
  plan: RegistrationPlan,
  steps: readonly Step[],
): Promise<WriteOutcome> {
  const written: WrittenObject[] = [];
  for (const step of steps) {
    const done = await new StepWriter(caller, plan, step).do();
    if ('problem' in done) return { written, failed: done };
    written.push(done);
  }
  return { written, failed: null };
}

class StepWriter {
  /** The uid in the answer to the creation, which may have been someone else's answer. */
  private answeredUid: string | null = null;
  /** The object in an answer that says that this attempt created it, whatever a webhook has made of it. */
  private created: LiveObject | null = null;
  private readonly planned: PlannedObject;
  private readonly keepsMark: boolean;

  constructor(
    private readonly caller: Caller,
    private readonly plan: RegistrationPlan,
    private readonly step: Step,
  ) {
    this.planned = step.planned;
    this.keepsMark = step.action !== 'create' || step.creation.keepsMark;
  }

  async do(): Promise<WrittenObject | FailedStep> {
    const { step } = this;
    switch (step.action) {
      case 'adopt':
        return this.written('adopted', step.live);
      case 'replace':
        return this.replace(step.live);
      case 'create':
        return this.create();
    }
  }

  private async create(): Promise<WrittenObject | FailedStep> {
    const { collection, manifest } = this.planned;
    // The write that may have created it: the first one, whose answer was lost, until one is answered.
    let own: AuditedWrite | null = null;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const live = await auditedWrite(this.caller, this.change('create'), async (audited) => {
          own ??= audited;
          const answer = await createObject(this.caller.client, collection, manifest, audited);
          if (answer.isCreated) own = audited;
          return this.asCreated(answer);
        });
        return this.written('created', live);
      } catch (error) {
        const failure = asKubeError(error);
        // Created since the dry run: by another replica for this registration, or by another person.
        if (failure.code !== 'already-exists' && !isOutcomeUnknown(failure)) return this.rejected(failure);
        const found = await this.readAfterFailure();
        if (found === 'unknown') {
          if (this.created) return this.written('created', this.created);
          // A proxy may have sent this creation twice.
          return failure.code === 'already-exists'
            ? this.failed(mayBeOwn(this.planned, null), true)
            : this.failed(this.rejected(failure).problem, true);
        }
        const isOwn = attempt > 1 || failure.code !== 'already-exists';
        if (found) return this.identified(found, isOwn ? own : null);
        // It doesn't exist. After a lost answer it may still appear, so only another attempt to create it gives
        // certainty.
        const mayAppear = failure.status === null || failure.code === 'bad-answer';
        if (attempt === ATTEMPTS) return this.failed(this.rejected(failure).problem, mayAppear);
      }
    }
  }

  /**
   * Returns the object in the answer to its creation.
   *
   * @throws KubeError `bad-answer` when it isn't as planned: a webhook changed it, or the answer isn't to this request
   */
  private asCreated({ object, isCreated }: CreationAnswer): LiveObject {
    const live = parseLiveObject(object, placeOf(this.planned));
    if (isCreated) this.created = live;
    this.answeredUid = live.metadata.uid;
    if (this.isOwn(live) && isAsPlanned(live, this.planned)) return live;
    throw notShown('new object');
  }

  private async replace(live: LiveObject): Promise<WrittenObject | FailedStep> {
    const { planned } = this;
    if (planned.type !== 'secret') return this.failed(writtenDifferently(planned, live));
    const { uid, resourceVersion } = live.metadata;
    const { labels, annotations } = planned.manifest.metadata;
    const oldKeys = Object.fromEntries(Object.keys(live.data ?? {}).map((key) => [key, null]));
    const patch = {
      metadata: { resourceVersion, labels, annotations },
      data: { ...oldKeys, ...encodedData(planned.manifest.stringData) },
    };
    try {
      await auditedWrite(this.caller, this.change('patch'), (audited) =>
        patchObject(this.caller.client, { ...placeOf(planned), uid }, patch, audited),
      );
    } catch (error) {
      const failure = asKubeError(error);
      const found = isOutcomeUnknown(failure) ? await this.readAfterFailure() : null;
      const isWritten =
        found !== null && found !== 'unknown' && found.metadata.uid === uid && isAsPlanned(found, planned);
      // It exists in either case; only its values are uncertain.
      if (!isWritten) return this.rejected(failure);
    }
    return this.written('adopted', live);
  }

  /** Returns the object that has this name now; `unknown` when it can't be read. */
  private async readAfterFailure(): Promise<LiveObject | null | 'unknown'> {
    for (const pauseMs of READ_PAUSES_MS) {
      if (pauseMs > 0) await pause(pauseMs);
      try {
        const body = await readObject(this.caller.client, this.planned.path);
        return body === null ? null : parseLiveObject(body, placeOf(this.planned));
      } catch (error) {
        if (!isOutcomeUnknown(asKubeError(error))) return 'unknown';
      }
    }
    return 'unknown';
  }

  /** @param own the write of this attempt that may have created it, although its answer was lost */
  private identified(live: LiveObject, own: AuditedWrite | null): WrittenObject | FailedStep {
    if (!this.isOwn(live)) return this.notIdentified(live);
    // A webhook may have changed what this attempt created.
    const isAnswered = own !== null && live.metadata.uid === this.answeredUid;
    if (!isAnswered && !isAsPlanned(live, this.planned))
      return this.failed(writtenDifferently(this.planned, live));
    own?.ended('found-written');
    return this.written(own ? 'created' : 'adopted', live, fieldsNotAsPlanned(live, this.planned));
  }

  /** Without a mark or an answer, nothing tells apart what this registration and another person created. */
  private notIdentified(live: LiveObject): FailedStep {
    const isKnown = this.keepsMark || this.created !== null || live.metadata.deletionTimestamp !== undefined;
    return isKnown
      ? this.failed(alreadyExists(this.planned, live))
      : this.failed(mayBeOwn(this.planned, live), true);
  }

  /** A policy may have removed the annotation with the registration's id. Nothing changes the uid. */
  private isOwn(live: LiveObject): boolean {
    const isCreatedHere = live.metadata.uid === this.created?.metadata.uid;
    const isOfThis = isCreatedHere || isOfRegistration(live, this.plan.draft.id);
    return isOfThis && live.metadata.deletionTimestamp === undefined;
  }

  private written(
    outcome: WrittenObject['outcome'],
    live: LiveObject,
    notStored: readonly FieldPath[] = [],
  ): WrittenObject {
    const { planned, keepsMark } = this;
    return { planned, outcome, uid: live.metadata.uid, notStored, keepsMark };
  }

  private rejected(failure: KubeError): FailedStep {
    return this.failed(rejectedCreate(this.planned, failure, this.plan));
  }

  private failed(problem: ObjectProblem, unsure = false): FailedStep {
    return { planned: this.planned, problem, unsure, keepsMark: this.keepsMark };
  }

  private change(verb: 'create' | 'patch'): AuditedChange {
    const { plan, planned } = this;
    return { verb, object: planned.reference, registration: plan.draft.id };
  }
}
