'use client';

import { Field } from '@/components/ui/field';
import { fieldKey } from '@/lib/client/registration/field-key';
import { valueAt } from '@/lib/plane/draft/spec-path';
import type { FieldProps } from './field-props';
import { useFields, useMessages } from './fields-context';
import { ValueControl } from './value-control';

/** A field with a single control. */
export function LeafField({ field, action, hideLabel = false }: FieldProps) {
  const { draft, onSpecChange, onLeave } = useFields();
  const draftPath = ['spec', ...field.path];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus went on.
    <div onBlur={() => onLeave(draftPath)} className="min-w-0">
      <Field
        name={fieldKey(draftPath)}
        label={field.label}
        help={field.help}
        optional={isOptional(field)}
        hideLabel={hideLabel}
        action={action}
        {...useMessages(draftPath)}
      >
        {(control) => (
          <ValueControl
            control={control}
            kind={field.kind}
            node={field.node}
            required={field.required}
            placeholder={field.placeholder}
            secret={field.secret === true}
            value={valueAt(draft.spec, field.path)}
            onChange={(value) => onSpecChange(field.path, value)}
          />
        )}
      </Field>
    </div>
  );
}

/** What has a default is neither: nobody has to fill it in, yet it is never absent. */
function isOptional({ required, node }: FieldProps['field']): boolean | undefined {
  if (required) return false;
  return node.default === undefined ? true : undefined;
}
