'use client';

import { StepFrame } from '@/components/registration/step-frame';
import { useStepFields, WizardFields } from '@/components/registration/wizard-fields';
import type { FormField } from '@/lib/plane/registration/form-field';

/** Everything else that the installed schema has: what a release calls it, and what nobody here has heard of. */
export function ServicesStep() {
  const fields = useStepFields('services');
  return (
    <StepFrame
      hint={
        fields.length > 0 && !fields.some(isNeeded)
          ? 'None of it is needed to register the plane; it can be added later.'
          : undefined
      }
    >
      {fields.length === 0 ? (
        <p className="text-muted">This kind has nothing more to enter.</p>
      ) : (
        <WizardFields fields={fields} />
      )}
    </StepFrame>
  );
}

/** Whether something in a field has to be filled in. What is optional as a whole asks for nothing until it is added. */
function isNeeded({ kind, required, children }: FormField): boolean {
  if (!required) return false;
  return kind === 'group' ? (children ?? []).some(isNeeded) : true;
}
