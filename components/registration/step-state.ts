import type { StepperStep } from '@/components/ui/stepper';
import { STEPS, type Step } from '@/lib/plane/registration/draft';
import type { WizardState } from './draft-store';

/**
 * What the progress says of a step. What is wrong in it is said once it lies behind, opened or not; that it is complete
 * only of one that was opened, as nobody has decided anything in the others. The kind may come with the address: the
 * draft is of one, however it was chosen.
 *
 * @param current the step that is open
 * @param errors how many things are known to be wrong in it
 */
export function stepState(
  step: Step,
  current: Step,
  { draft, tried, opened }: Pick<WizardState, 'draft' | 'tried' | 'opened'>,
  errors: number,
): StepperStep<Step>['state'] {
  const isBehind = tried.has(step) || STEPS.indexOf(step) < STEPS.indexOf(current);
  if (draft === null || !isBehind || step === 'review') return 'todo';
  if (errors > 0) return 'errors';
  return step === 'kind' || opened.has(step) ? 'done' : 'todo';
}
