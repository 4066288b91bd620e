'use client';

import { stepLabels } from '@/components/registration/steps/step-labels';
import { Stepper, type StepperStep } from '@/components/ui/stepper';
import { registerPath, STEPS, type Step } from '@/lib/plane/registration/register-url';
import { useWizardState, type WizardState } from './draft-store';
import { useWizard } from './wizard-context';

/** How far the draft has come. The last part, setting up the agent, is a page of its own once the plane exists. */
export function WizardProgress() {
  const { step, draft, kind, errorsOf, goTo } = useWizard();
  const state = useWizardState();
  const steps: StepperStep<Step | 'connect'>[] = STEPS.map((id) => {
    const errors = errorsOf(id).length;
    return {
      id,
      label: stepLabels(id, kind).title,
      href: draft || id === 'kind' ? registerPath({ kind: kind?.entry.plural ?? null, step: id }) : null,
      state: draft ? stepState(id, step, state, errors) : 'todo',
      errors,
    };
  });
  return (
    <Stepper
      label="Steps"
      steps={[...steps, { id: 'connect', label: 'Connect', href: null, state: 'todo' }]}
      current={step}
      onOpen={(id) => {
        if (id !== 'connect') goTo(id);
      }}
    />
  );
}

/**
 * The state of a step in the progress. Its errors count once the step was passed, opened or not; complete is only one
 * that was opened, as nobody has decided anything in the others. The kind is complete with the draft, which may get it
 * from the address.
 *
 * @param current the step that is open
 * @param errors how many errors are known in it
 */
export function stepState(
  step: Step,
  current: Step,
  { draft, attemptedSteps, openedSteps }: Pick<WizardState, 'draft' | 'attemptedSteps' | 'openedSteps'>,
  errors: number,
): StepperStep<Step>['state'] {
  const isPassed = attemptedSteps.has(step) || STEPS.indexOf(step) < STEPS.indexOf(current);
  if (draft === null || !isPassed || step === 'review') return 'todo';
  if (errors > 0) return 'errors';
  return step === 'kind' || openedSteps.has(step) ? 'done' : 'todo';
}
