'use client';

import type { FormField } from '@/lib/plane/registration/form-field';
import { afterPointer } from './after-pointer';
import { FieldsContext, type FieldsState } from './fields-context';
import { SpecField } from './spec-field';

/**
 * Inputs for the fields of a spec, whatever the installed schema has. It holds no value of its own: all of it stands in
 * the draft, and every change goes out through the callbacks.
 */
export function SpecFields({
  fields,
  onLeave,
  ...state
}: FieldsState & { readonly fields: readonly FormField[] }) {
  return (
    <FieldsContext value={{ ...state, onLeave: (path) => afterPointer(() => onLeave(path)) }}>
      <div className="grid gap-6">
        {fields.map((field) => (
          <SpecField key={field.path.join('.')} field={field} />
        ))}
      </div>
    </FieldsContext>
  );
}
