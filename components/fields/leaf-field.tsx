'use client';

import { Field } from '@/components/ui/field';
import { pathKey, valueAt } from '@/lib/plane/json/json-path';
import { MASK } from '@/lib/plane/masking/mask';
import { type FieldProps, useFields, useMessages } from './fields-context';
import { StoredSecret } from './stored-secret';
import { ValueControl } from './value-control';

/** A field with a single control. */
export function LeafField({ field, action, hideLabel = false }: FieldProps) {
  const { draft, stored, onSpecChange, onLeave } = useFields();
  const value = valueAt(draft.spec, field.path);
  const draftPath = ['spec', ...field.path];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only observes that the focus left.
    <div onBlur={() => onLeave(draftPath)} className="min-w-0">
      <Field
        name={pathKey(draftPath)}
        label={field.label}
        help={field.help}
        optional={isOptional(field)}
        hideLabel={hideLabel}
        action={action}
        {...useMessages(draftPath)}
      >
        {(control) =>
          stored && value === MASK ? (
            <StoredSecret
              control={control}
              label={field.label}
              onReplace={() => onSpecChange(field.path, '')}
            />
          ) : (
            <ValueControl
              control={control}
              kind={field.kind}
              node={field.node}
              required={field.required}
              placeholder={field.placeholder}
              secret={field.secret === true}
              value={value}
              onChange={(value) => onSpecChange(field.path, value)}
            />
          )
        }
      </Field>
    </div>
  );
}

/** Whether to mark the field as optional; undefined for a field with a default, which is never absent. */
function isOptional({ required, node }: FieldProps['field']): boolean | undefined {
  if (required) return false;
  return node.default === undefined ? true : undefined;
}
