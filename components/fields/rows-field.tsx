'use client';

import { Plus } from 'lucide-react';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { FieldSet } from '@/components/ui/field';
import type { FieldProps } from './fields-context';

/**
 * A field with any number of rows, each a list item. A new row gets the focus; when a row is removed, the row before
 * it does.
 */
export function RowsField({
  name,
  field,
  action,
  error,
  warning,
  count,
  renderRow,
  onAdd,
  onRemove,
}: {
  /** By which the field is found. */
  readonly name: string;
  readonly field: Pick<FieldProps['field'], 'label' | 'help' | 'required'>;
  readonly action?: ReactNode;
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
        name={name}
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

/**
 * Moves the focus to a new row, or after a removal to the row before it, or to the button `data-add` if no row is
 * left. The first result is the ref of an element around the rows, which are the items of its first `<ul>`.
 */
function useRowFocus() {
  const list = useRef<HTMLDivElement>(null);
  const pendingFocus = useRef<number | 'add' | null>(null);
  // Not a passive effect: one that is still pending from an earlier render would run before the row appears.
  useLayoutEffect(() => {
    if (pendingFocus.current === null) return;
    const row = pendingFocus.current === 'add' ? null : rowsOf(list.current)[pendingFocus.current];
    // A boxed row begins with its remove button, which must not get the focus if the row has an input.
    const target = row
      ? (row.querySelector<HTMLElement>('input, select, textarea') ?? row.querySelector('button'))
      : list.current?.querySelector<HTMLElement>('[data-add]');
    target?.focus();
    pendingFocus.current = null;
  });
  const focusRow = (index: number) => {
    pendingFocus.current = index;
  };
  const focusAdd = () => {
    pendingFocus.current = 'add';
  };
  return [list, focusRow, focusAdd] as const;
}

/** The list's own rows, without those of nested lists. */
function rowsOf(list: HTMLElement | null): Element[] {
  return [...(list?.querySelector('ul')?.children ?? [])];
}
