import 'server-only';
import type { RegistrationAnswer, RegistrationWarning } from '@/lib/api/registration';
import { unknownCredentials } from '@/lib/plane/registration/check-credentials';
import { checkDraft } from '@/lib/plane/registration/check-draft';
import type { Draft } from '@/lib/plane/registration/draft';
import { manifestsOf } from '@/lib/plane/registration/manifests';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { servedKind } from '@/lib/server/catalog/get-catalog';
import { asProblemError, ProblemError } from '@/lib/server/http/problem';
import { combined, type ObjectProblem } from '@/lib/server/kube/object-problem';
import { secretReader } from '@/lib/server/kube/secret-key';
import { withoutMaterial } from '@/lib/server/kube/without-material';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { dryRun, type Step } from './dry-run';
import { failureDetail } from './failure-detail';
import { inTurn } from './in-turn';
import { inspectCredentials } from './inspect-credentials';
import { knownPlanes } from './known-planes';
import { type Plan, planOf } from './planned-object';
import { rollBack } from './roll-back';
import { writeSteps } from './write-steps';

/**
 * Registers a plane as the caller: checks the draft and everything that it refers to, has the API server try all
 * objects, writes the Secrets, then the plane. Sent twice, it makes one plane: what this registration (its id) wrote
 * before is adopted. What others made is never changed. When it fails in the middle, what was written is removed again.
 *
 * @param onlyCheck everything but the writing
 * @throws ProblemError with the fields concerned and, after a failed write, what is left of it; KubeError when the API
 *   server cannot be asked
 */
export async function registerPlane(
  caller: Caller,
  draft: Draft,
  onlyCheck: boolean,
): Promise<RegistrationAnswer> {
  const kind = servedKind(draft.plural);
  if (onlyCheck) return new Registration(caller, draft, kind).check();
  return inTurn(draft.id, () => new Registration(caller, draft, kind).write());
}

interface Prepared {
  readonly plan: Plan;
  readonly steps: readonly Step[];
  readonly warnings: RegistrationWarning[];
}

class Registration {
  private readonly publicText: (text: string) => string;

  constructor(
    private readonly caller: Caller,
    private readonly draft: Draft,
    private readonly kind: InstalledKind,
  ) {
    this.publicText = withoutMaterial(draft, kind);
  }

  async check(): Promise<RegistrationAnswer> {
    const { steps, warnings } = await this.prepare();
    const objects = steps.map(({ action, planned }) => ({
      ...planned.reference,
      outcome: action === 'create' ? ('would-create' as const) : ('adopted' as const),
    }));
    return { outcome: 'checked', plane: this.planeReference(), objects, warnings };
  }

  async write(): Promise<RegistrationAnswer> {
    const { plan, steps, warnings } = await this.prepare();
    const { written, failed } = await writeSteps(this.caller, plan, steps);
    if (failed) {
      const undone = await rollBack(this.caller, plan, written, failed);
      throw this.problem(
        { ...failed.problem, detail: failureDetail(failed, undone) },
        { registration: undone.remains },
      );
    }
    const plane = written.find(({ planned }) => planned.type === 'plane');
    return {
      outcome: plane?.outcome ?? 'created',
      plane: { ...this.planeReference(), ...(plane ? { uid: plane.uid } : {}) },
      objects: written.map(({ planned, outcome }) => ({ ...planned.reference, outcome })),
      warnings,
    };
  }

  /** All that can be known before anything is written. Throws what speaks against it, as a ProblemError. */
  private async prepare(): Promise<Prepared> {
    try {
      return await this.findOut();
    } catch (error) {
      const { code, detail, extensions } = asProblemError(error);
      throw new ProblemError(code, detail && this.publicText(detail), extensions);
    }
  }

  private async findOut(): Promise<Prepared> {
    const { caller, draft, kind } = this;
    const nowMs = getRuntime().clock.nowMs();
    const looked = await inspectCredentials(draft, kind, secretReader(caller.client), nowMs);
    const planes = await knownPlanes(caller, draft);
    const found = [
      ...checkDraft(draft, kind, { planes, namespaces: null, inspections: looked.inspections }),
      ...unknownCredentials(draft, kind),
    ];
    const errors = found.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      const detail = errors.map(({ message }) => message).join(' ');
      throw this.problem({ code: 'invalid-field', detail, errors });
    }
    const plan = planOf(draft, kind, manifestsOf(draft, kind, { user: caller.user }));
    const tried = await dryRun(caller, plan);
    if ('problems' in tried) throw this.problem(combined(tried.problems));
    const warnings = [
      ...found.map(({ path, message }) => ({ path: [...path], message })),
      ...looked.warnings,
      ...tried.warnings.map((message) => ({ path: [], message: this.publicText(message) })),
    ];
    return { plan, steps: tried.steps, warnings };
  }

  /** Every text goes through the filter: some are the API server's, or a webhook's. */
  private problem(
    { code, detail, errors }: ObjectProblem,
    remains: Pick<ProblemError['extensions'], 'registration'> = {},
  ): ProblemError {
    return new ProblemError(code, this.publicText(detail), {
      ...(errors.length > 0
        ? { errors: errors.map(({ path, message }) => ({ path, message: this.publicText(message) })) }
        : {}),
      ...remains,
    });
  }

  private planeReference(): RegistrationAnswer['plane'] {
    const { plural, namespace, name } = this.draft;
    return { plural, ...(namespace === '' ? {} : { namespace }), name };
  }
}
