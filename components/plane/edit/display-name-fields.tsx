'use client';

import { Field } from '@/components/ui/field';
import { TextArea, TextInput } from '@/components/ui/text-input';
import { DESCRIPTION_ANNOTATION, DISPLAY_NAME_ANNOTATION } from '@/lib/plane/model/annotations';

/** What people call the plane. Both are annotations; an empty one is taken away. */
export function DisplayNameFields({
  displayName,
  description,
  onChange,
}: {
  readonly displayName: string;
  readonly description: string;
  readonly onChange: (annotation: string, text: string) => void;
}) {
  return (
    <>
      <Field name="displayName" label="Display name" optional>
        {(control) => (
          <TextInput
            {...control}
            value={displayName}
            spellCheck
            onChange={(event) => onChange(DISPLAY_NAME_ANNOTATION, event.target.value)}
          />
        )}
      </Field>
      <Field name="description" label="Description" optional>
        {(control) => (
          <TextArea
            {...control}
            rows={2}
            value={description}
            spellCheck
            onChange={(event) => onChange(DESCRIPTION_ANNOTATION, event.target.value)}
          />
        )}
      </Field>
    </>
  );
}
