'use client';

import { Stepper, type StepperStep } from '@/components/ui/stepper';
import { STEPS, type Step } from '@/lib/plane/registration/draft';
import { registerPath } from '@/lib/plane/registration/register-url';
import { stepLabels } from './step-labels';
import { stepState } from './step-state';
import { useWizardState } from './use-draft-session';
import { useWizard } from './wizard-context';

/** How far the draft has come. The last part, connecting the agent, has a page of its own once the plane is there. */
export function WizardProgress() {
  const { step, draft, kind, errorsOf, goTo } = useWizard();
  const state = useWizardState();
  const steps: StepperStep<Step | 'connect'>[] = STEPS.map((id) => {
    const errors = errorsOf(id).length;
    return {
      id,
      words: stepLabels(id, kind).title,
      href: draft || id === 'kind' ? registerPath({ kind: kind?.entry.plural ?? null, step: id }) : null,
      state: draft ? stepState(id, step, state, errors) : 'todo',
      errors,
    };
  });
  return (
    <Stepper
      label="Steps"
      steps={[...steps, { id: 'connect', words: 'Connect', href: null, state: 'todo' }]}
      current={step}
      onOpen={(id) => {
        if (id !== 'connect') goTo(id);
      }}
    />
  );
}
