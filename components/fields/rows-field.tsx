'use client';

import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { FieldSet } from '@/components/ui/field';
import { fieldKey } from './field-key';
import type { FieldProps } from './field-props';
import { useRowFocus } from './use-row-focus';

/**
 * A field of any number of rows, which are items of a list. A new row gets the focus, and so does the one before a row
 * that is removed.
 */
export function RowsField({
  field,
  action,
  error,
  warning,
  count,
  renderRow,
  onAdd,
  onRemove,
}: FieldProps & {
  readonly error: string[];
  readonly warning: string[];
  readonly count: number;
  readonly renderRow: (index: number, remove: () => void) => ReactNode;
  /** Adds an empty row at the end. */
  readonly onAdd: () => void;
  readonly onRemove: (index: number) => void;
}) {
  const [list, focusRow, focusAdd] = useRowFocus();
  const add = () => {
    focusRow(count);
    onAdd();
  };
  const remove = (index: number) => {
    if (count > 1) focusRow(Math.max(0, index - 1));
    else focusAdd();
    onRemove(index);
  };
  return (
    <div ref={list} className="min-w-0">
      <FieldSet
        name={fieldKey(['spec', ...field.path])}
        label={field.label}
        help={field.help}
        optional={!field.required}
        action={action}
        error={error}
        warning={warning}
      >
        <ul className="grid gap-2">
          {Array.from({ length: count }, (_, index) => renderRow(index, () => remove(index)))}
        </ul>
        <Button data-add variant="outline" className={count > 0 ? 'mt-2' : undefined} onClick={add}>
          <Plus size={14} aria-hidden="true" />
          {count > 0 ? 'Add another' : 'Add one'}
          <span className="sr-only"> to {field.label}</span>
        </Button>
      </FieldSet>
    </div>
  );
}
