'use client';

import { useMemo } from 'react';
import type { FormField } from '@/lib/plane/fields/form-field';
import { FieldsContext, type FieldsFacts, type FieldsState } from './fields-context';
import { SpecField } from './spec-field';

/**
 * Inputs for the fields of a spec, whatever the installed schema has. It holds no value of its own: all of it stands in
 * the draft, and every change goes out through the callbacks.
 */
export function SpecFields({
  fields,
  context,
  draft,
  onSpecChange,
  onCredentialChange,
  onLeave,
  problemsAt,
}: Omit<FieldsState, keyof FieldsFacts> & {
  readonly fields: readonly FormField[];
  readonly context: FieldsFacts;
}) {
  const state = useMemo(
    () => ({ ...context, draft, onSpecChange, onCredentialChange, onLeave, problemsAt }),
    [context, draft, onSpecChange, onCredentialChange, onLeave, problemsAt],
  );
  return (
    <FieldsContext value={state}>
      <div className="grid gap-6">
        {fields.map((field) => (
          <SpecField key={field.path.join('.')} field={field} />
        ))}
      </div>
    </FieldsContext>
  );
}
