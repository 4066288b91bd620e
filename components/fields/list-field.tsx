'use client';

import { Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { Json } from '@/lib/plane/json/json';
import { pathKey, valueAt } from '@/lib/plane/json/json-path';
import { lowerFirst } from '@/lib/plane/model/text';
import { type FormField, itemField } from '@/lib/plane/registration/form-field';
import { type ParentFieldProps, useFields, useMessages } from './fields-context';
import { RowsField } from './rows-field';

/** A list of items of one kind: texts as rows, groups as boxes. */
export function ListField({ field, action, renderField }: ParentFieldProps) {
  const { draft, onSpecChange, onAdd } = useFields();
  const draftPath = ['spec', ...field.path];
  const value = valueAt(draft.spec, field.path);
  const items = Array.isArray(value) ? value : [];
  return (
    <RowsField
      name={pathKey(draftPath)}
      field={field}
      action={action}
      {...useMessages(draftPath)}
      count={items.length}
      renderRow={(index, remove) => (
        // Items have no identity but their index.
        <Row key={index} field={itemField(field, index)} renderField={renderField} onRemove={remove} />
      )}
      onAdd={() => {
        onSpecChange(field.path, [...items, emptyItem(itemField(field, items.length))]);
        onAdd([...draftPath, items.length]);
      }}
      onRemove={(index) =>
        onSpecChange(
          field.path,
          items.filter((_, other) => other !== index),
        )
      }
    />
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

/** The list already shows the help text. */
function withoutHelp({ help: _, ...field }: FormField): FormField {
  return field;
}

function emptyItem(field: FormField): Json {
  if (field.kind === 'group' || field.kind === 'map') return {};
  return field.kind === 'list' ? [] : '';
}
