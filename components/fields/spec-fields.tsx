'use client';

import type { ReactNode } from 'react';
import type { FormField } from '@/lib/plane/registration/form-field';
import { CredentialInput } from './credential-input';
import { type FieldProps, FieldsContext, type FieldsState } from './fields-context';
import { GroupField } from './group-field';
import { LeafField } from './leaf-field';
import { ListField } from './list-field';
import { MapField } from './map-field';
import { ObservabilityPlaneField } from './observability-plane-field';

/**
 * Inputs for the fields of a spec, as the installed schema defines them. Holds no state: values come from the draft,
 * and changes go to the callbacks.
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

/** A field of a spec and its child fields. */
function SpecField(props: FieldProps) {
  const { field } = props;
  switch (field.kind) {
    case 'group':
      return <GroupField {...props} renderField={renderField} />;
    case 'list':
      return <ListField {...props} renderField={renderField} />;
    case 'map':
      return <MapField {...props} />;
    case 'observability-plane':
      return <ObservabilityPlaneField {...props} />;
    case 'credential':
      return field.slot ? (
        <CredentialInput slot={field.slot} label={field.label} help={field.help} required={field.required} />
      ) : null;
    default:
      return <LeafField {...props} />;
  }
}

function renderField(props: FieldProps): ReactNode {
  return <SpecField {...props} />;
}

let isPressed = false;
let waiting: (() => void)[] = [];

/**
 * Calls immediately, or after the release if a pointer is pressed. Leaving a field by pressing a button must not make
 * a message appear above that button, which would move it from under the pointer and lose the click.
 */
function afterPointer(call: () => void): void {
  if (isPressed) waiting.push(call);
  else call();
}

function release(): void {
  isPressed = false;
  const calls = waiting;
  waiting = [];
  // The click follows the release in the same task, so anything that moves the page waits for the next task.
  setTimeout(() => {
    for (const call of calls) call();
  });
}

if (typeof document !== 'undefined') {
  document.addEventListener('pointerdown', () => (isPressed = true), true);
  document.addEventListener('pointerup', release, true);
  document.addEventListener('pointercancel', release, true);
}
