'use client';

import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { FieldSet } from '@/components/ui/field';
import { lowerFirst } from '@/lib/client/lower-first';
import { fieldKey } from '@/lib/client/registration/field-key';
import type { Json } from '@/lib/plane/draft/json';
import { valueAt } from '@/lib/plane/draft/spec-path';
import { type FormField, itemField } from '@/lib/plane/fields/form-field';
import type { ParentFieldProps } from './field-props';
import { useFields, useMessages } from './fields-context';
import { useRowFocus } from './use-row-focus';

/** Any number of the same: texts in rows, groups in boxes. */
export function ListField({ field, action, renderField }: ParentFieldProps) {
  const { draft, onSpecChange, onAdd } = useFields();
  const draftPath = ['spec', ...field.path];
  const value = valueAt(draft.spec, field.path);
  const items = Array.isArray(value) ? value : [];
  const [list, focusRow, focusAdd] = useRowFocus();

  const add = () => {
    focusRow(items.length);
    onSpecChange(field.path, [...items, emptyItem(itemField(field, items.length))]);
    onAdd([...draftPath, items.length]);
  };
  const remove = (index: number) => {
    if (items.length > 1) focusRow(Math.max(0, index - 1));
    else focusAdd();
    onSpecChange(
      field.path,
      items.filter((_, other) => other !== index),
    );
  };
  return (
    <div ref={list} className="min-w-0">
      <FieldSet
        name={fieldKey(draftPath)}
        label={field.label}
        help={field.help}
        optional={!field.required}
        action={action}
        {...useMessages(draftPath)}
      >
        <ul className="grid gap-2">
          {items.map((_, index) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: an item has no other name than its place.
              key={index}
              field={itemField(field, index)}
              renderField={renderField}
              onRemove={() => remove(index)}
            />
          ))}
        </ul>
        <Button data-add variant="outline" className={items.length > 0 ? 'mt-2' : undefined} onClick={add}>
          <Plus size={14} aria-hidden="true" />
          {items.length > 0 ? 'Add another' : 'Add one'}
          <span className="sr-only"> to {field.label}</span>
        </Button>
      </FieldSet>
    </div>
  );
}

const BOXED: readonly FormField['kind'][] = ['group', 'list', 'map'];

function Row({ field, renderField, onRemove }: ParentFieldProps & { readonly onRemove: () => void }) {
  const isBoxed = BOXED.includes(field.kind);
  const button = (
    <Button
      icon
      aria-label={`Remove ${lowerFirst(field.label)}`}
      className={isBoxed ? '-my-1.5' : 'mt-0.5'}
      onClick={onRemove}
    >
      <Trash2 size={14} aria-hidden="true" />
    </Button>
  );
  return isBoxed ? (
    <li className="rounded-lg border border-line p-3">{renderField({ field, action: button })}</li>
  ) : (
    <li className="flex items-start gap-1">
      <div className="min-w-0 flex-1">{renderField({ field: withoutHelp(field), hideLabel: true })}</div>
      {button}
    </li>
  );
}

/** The list has said it already. */
function withoutHelp({ help: _, ...field }: FormField): FormField {
  return field;
}

function emptyItem(field: FormField): Json {
  if (field.kind === 'group' || field.kind === 'map') return {};
  return field.kind === 'list' ? [] : '';
}
