'use client';

import { StepFrame } from '../step-frame';
import { useStepFields, WizardFields } from '../wizard-fields';

/** Everything else that the installed schema has: what a release calls it, and what nobody here has heard of. */
export function ServicesStep() {
  const fields = useStepFields('services');
  return (
    <StepFrame>
      {fields.length === 0 ? (
        <p className="text-muted">This kind has nothing more to enter.</p>
      ) : (
        <WizardFields fields={fields} />
      )}
    </StepFrame>
  );
}
