'use client';

import { stepLabels } from '@/components/registration/steps/step-labels';
import { Stepper, type StepperStep } from '@/components/ui/stepper';
import { attentionText } from '@/lib/plane/registration/problem-label';
import { registerPath, STEPS, type Step } from '@/lib/plane/registration/register-url';
import { useWizardState, type WizardState } from './draft-store';
import { useWizard } from './wizard-context';

/** How far the draft has come. The last part, the agent setup, is a separate page for the created plane. */
export function WizardProgress() {
  const { step, draft, kind, errorsOf, goTo } = useWizard();
  const state = useWizardState();
  const steps: StepperStep<Step | 'connect'>[] = STEPS.map((id) => {
    const errors = errorsOf(id);
    return {
      id,
      label: stepLabels(id, kind).title,
      href: draft || id === 'kind' ? registerPath({ kind: kind?.entry.plural ?? null, step: id }) : null,
      state: draft ? stepState(id, step, state, errors.length) : 'todo',
      errors: attentionText(errors),
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
 * Returns the state of a step in the progress. Its errors count once the step is passed, opened or not. Only an
 * opened step can be complete, because the user hasn't seen the others. The kind step is complete with the draft,
 * which may get its kind from the address.
 *
 * @param current the open step
 * @param errors the number of known errors in the step
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
