'use client';

import type { FormField } from '@/lib/plane/registration/form-field';
import { StepFields, useStepFields } from './step-fields';
import { StepFrame } from './step-frame';

/** The step for all other fields of the installed schema, including those that Planeboard doesn't know. */
export function ServicesStep() {
  const fields = useStepFields('services');
  return (
    <StepFrame
      hint={
        fields.length > 0 && !fields.some(isNeeded)
          ? 'All fields are optional. You can add them later.'
          : undefined
      }
    >
      {fields.length === 0 ? (
        <p className="text-muted">This kind has no more fields.</p>
      ) : (
        <StepFields fields={fields} />
      )}
    </StepFrame>
  );
}

/** Whether a field needs input. An optional group needs none until it's added. */
function isNeeded({ kind, required, children }: FormField): boolean {
  if (!required) return false;
  return kind === 'group' ? (children ?? []).some(isNeeded) : true;
}
