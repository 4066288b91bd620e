'use client';

import type { FormField } from '@/lib/plane/registration/form-field';
import { StepFields, useStepFields } from './step-fields';
import { StepFrame } from './step-frame';

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
        <StepFields fields={fields} />
      )}
    </StepFrame>
  );
}

/** Whether something in a field has to be filled in. What is optional as a whole asks for nothing until it is added. */
function isNeeded({ kind, required, children }: FormField): boolean {
  if (!required) return false;
  return kind === 'group' ? (children ?? []).some(isNeeded) : true;
}
