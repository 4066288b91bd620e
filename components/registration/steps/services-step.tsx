'use client';

import { useDraftedWizard } from '@/components/registration/wizard-context';
import { needsInput } from '@/lib/plane/registration/form-field';
import { StepFields, useStepFields } from './step-fields';
import { StepFrame } from './step-frame';

/** The step for all other fields of the installed schema, including those that Planeboard doesn't know. */
export function ServicesStep() {
  const { kind, draft } = useDraftedWizard();
  const fields = useStepFields('services');
  return (
    <StepFrame
      hint={
        fields.length > 0 && !fields.some((field) => needsInput(field, kind, draft))
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
