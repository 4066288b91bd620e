import 'server-only';
import { setTimeout as pause } from 'node:timers/promises';
import { asKubeError, type KubeError, type KubeErrorCode } from '@/lib/server/kube/kube-error';
import { createObject, readObject, replaceSecret } from '@/lib/server/kube/kube-writes';
import { holdsPlanned, isOfRegistration, type LiveObject } from '@/lib/server/kube/live-object';
import { type ObjectProblem, refusedBy, takenBy, writtenOtherwise } from '@/lib/server/kube/object-problem';
import { audit } from '@/lib/server/process/audit';
import type { Caller } from '@/lib/server/rights/caller';
import type { Step } from './dry-run';
import type { Plan, PlannedObject } from './planned-object';

/** After a lost answer: an API server that is restarted, or has moved behind its load balancer, is soon back. */
const LOOK_UP_PAUSES_MS = [0, 300, 1200];
const ATTEMPTS = 2;

/** Failures after which the object may have been written all the same. */
const LOST: ReadonlySet<KubeErrorCode> = new Set([
  'unreachable',
  'timeout',
  'server-error',
  'bad-answer',
  'internal',
]);

/** An object of the registration that is there. */
export interface Written {
  readonly planned: PlannedObject;
  readonly outcome: 'created' | 'adopted';
  readonly uid: string;
}

/** One of the steps that could not be done, and whether its object may be there all the same. */
export interface FailedStep {
  readonly planned: PlannedObject;
  readonly problem: ObjectProblem;
  readonly unsure: boolean;
}

export type WriteOutcome = { readonly written: readonly Written[]; readonly failed: FailedStep | null };

/** Does the steps in their order, as the caller, until one cannot be done. Never throws. */
export async function writeSteps(caller: Caller, plan: Plan, steps: readonly Step[]): Promise<WriteOutcome> {
  const written: Written[] = [];
  for (const step of steps) {
    const done = await new StepWriter(caller, plan, step.planned).do(step);
    if ('problem' in done) return { written, failed: done };
    written.push(done);
  }
  return { written, failed: null };
}

class StepWriter {
  constructor(
    private readonly caller: Caller,
    private readonly plan: Plan,
    private readonly planned: PlannedObject,
  ) {}

  async do(step: Step): Promise<Written | FailedStep> {
    switch (step.action) {
      case 'adopt':
        return this.written('adopted', step.live);
      case 'replace':
        return this.replace(step.live);
      case 'create':
        return this.create();
    }
  }

  private async create(): Promise<Written | FailedStep> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const live = await createObject(this.caller, this.planned);
        this.audit('create', 'done');
        return this.written('created', live);
      } catch (error) {
        const failure = asKubeError(error);
        this.audit('create', failure.code);
        // Somebody was faster since the dry run: another replica with this registration, or another person.
        if (failure.code !== 'already-exists' && !LOST.has(failure.code)) return this.refused(failure);
        const found = await this.lookUp();
        if (found === 'unknown') {
          return failure.code === 'already-exists'
            ? this.failed(takenBy(this.planned, null))
            : this.failed(this.refused(failure).problem, true);
        }
        if (found) return this.identified(found, attempt > 1 || failure.code !== 'already-exists');
        // It is not there. After an answer that was lost it may still come, so creating it once more tells for certain.
        if (attempt === ATTEMPTS) return this.failed(this.refused(failure).problem, failure.status === null);
      }
    }
  }

  private async replace(live: LiveObject): Promise<Written | FailedStep> {
    if (this.planned.type !== 'secret') return this.failed(writtenOtherwise(this.planned, live));
    try {
      await replaceSecret(this.caller, this.planned, live);
      this.audit('patch', 'done');
    } catch (error) {
      const failure = asKubeError(error);
      this.audit('patch', failure.code);
      const found = LOST.has(failure.code) ? await this.lookUp() : null;
      const isWritten = found !== null && found !== 'unknown' && holdsPlanned(found, this.planned);
      // It existed before and is there in either case: nothing to be unsure about but its values.
      if (!isWritten) return this.refused(failure);
    }
    return this.written('adopted', live);
  }

  /** What stands there under the object's name; `unknown` when that cannot be asked. */
  private async lookUp(): Promise<LiveObject | null | 'unknown'> {
    for (const pauseMs of LOOK_UP_PAUSES_MS) {
      if (pauseMs > 0) await pause(pauseMs);
      try {
        return await readObject(this.caller, this.planned);
      } catch (error) {
        if (!LOST.has(asKubeError(error).code)) return 'unknown';
      }
    }
    return 'unknown';
  }

  /** @param byThisAttempt whether this attempt may have written it without being told */
  private identified(live: LiveObject, byThisAttempt: boolean): Written | FailedStep {
    if (!isOfRegistration(live, this.plan.draft.id) || live.metadata.deletionTimestamp !== undefined)
      return this.failed(takenBy(this.planned, live));
    if (!holdsPlanned(live, this.planned)) return this.failed(writtenOtherwise(this.planned, live));
    if (byThisAttempt) this.audit('create', 'found-written');
    return this.written(byThisAttempt ? 'created' : 'adopted', live);
  }

  private written(outcome: Written['outcome'], live: LiveObject): Written {
    return { planned: this.planned, outcome, uid: live.metadata.uid };
  }

  private refused(failure: KubeError): FailedStep {
    return this.failed(refusedBy(this.planned, failure, this.plan));
  }

  private failed(problem: ObjectProblem, unsure = false): FailedStep {
    return { planned: this.planned, problem, unsure };
  }

  private audit(verb: 'create' | 'patch', outcome: string): void {
    const { caller, plan, planned } = this;
    audit({ user: caller.user, verb, object: planned.reference, outcome, registration: plan.draft.id });
  }
}
