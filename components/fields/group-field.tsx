'use client';

import { Plus } from 'lucide-react';
import { Fragment, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { DisclosureSummary } from '@/components/ui/disclosure-summary';
import { FieldSet } from '@/components/ui/field';
import { isJsonObject, type Json } from '@/lib/plane/json/json';
import { pathKey, valueAt } from '@/lib/plane/json/json-path';
import { lowerFirst } from '@/lib/plane/model/text';
import type { FormField } from '@/lib/plane/registration/form-field';
import { type ParentFieldProps, useFields, useMessages } from './fields-context';

/**
 * A group of fields. An optional group is a button until you add it. If you remove it, its content is restored when
 * you add it again while the page is open.
 */
export function GroupField({ field, action, renderField }: ParentFieldProps) {
  const { draft, onSpecChange, onAdd } = useFields();
  const value = valueAt(draft.spec, field.path);
  const [removed, setRemoved] = useState<Json | undefined>();
  const [box, moveFocusTo] = useFocusIn();
  if (!hasToggle(field)) return <GroupBox field={field} action={action} renderField={renderField} />;

  const add = (content: Json) => {
    moveFocusTo('input, select, textarea');
    onSpecChange(field.path, content);
    onAdd(['spec', ...field.path]);
    // A draft stores credentials beside the spec.
    for (const slotId of slotsWithin(field)) onAdd(['credentials', slotId]);
  };
  const remove = () => {
    setRemoved(value);
    moveFocusTo('[data-add]');
    onSpecChange(field.path, undefined);
  };
  return (
    <div ref={box} className="min-w-0">
      {isJsonObject(value) ? (
        <GroupBox
          field={field}
          renderField={renderField}
          action={
            <Button aria-label={`Remove ${lowerFirst(field.label)}`} className="-my-1.5" onClick={remove}>
              Remove
            </Button>
          }
        />
      ) : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button data-add variant="outline" onClick={() => add(removed ?? {})}>
            <Plus size={14} aria-hidden="true" />
            Add {lowerFirst(field.label)}
            {removed === undefined ? null : ' again'}
          </Button>
          <span className="min-w-0 text-pretty text-muted text-xs">
            {removed === undefined ? field.help : 'Restores what you entered.'}
          </span>
        </div>
      )}
    </div>
  );
}

/**
 * Whether an optional group needs its own button. A group that holds only optional groups doesn't: adding one of
 * those adds it too.
 */
function hasToggle(field: FormField): boolean {
  if (field.required) return false;
  return (field.children ?? []).some((child) => child.kind !== 'group' || child.required);
}

/** The ids of the credential slots that are part of a group. */
function slotsWithin({ children = [] }: FormField): string[] {
  return children.flatMap((child) => (child.slot ? [child.slot.id] : slotsWithin(child)));
}

function GroupBox({ field, action, renderField }: ParentFieldProps) {
  const draftPath = ['spec', ...field.path];
  const isOutermost = field.path.length === 1;
  return (
    <FieldSet
      name={pathKey(draftPath)}
      label={<span className={isOutermost ? 'font-semibold text-base' : undefined}>{field.label}</span>}
      help={field.help}
      action={action}
      {...useMessages(draftPath)}
    >
      <div className="mt-2 grid gap-5 border-line border-l-2 pl-4">
        {(field.children ?? [])
          .filter((child) => !hasDefault(child))
          .map((child) => (
            <Fragment key={child.path.join('.')}>{renderField({ field: child })}</Fragment>
          ))}
        <Defaults fields={(field.children ?? []).filter(hasDefault)} renderField={renderField} />
      </div>
    </FieldSet>
  );
}

/** Whether the API server fills the field in if it's left empty. */
function hasDefault({ kind, node }: FormField): boolean {
  return kind !== 'group' && node.default !== undefined;
}

/** Fields that are rarely changed. Opens if one of them has a value of its own, or a problem. */
function Defaults({
  fields,
  renderField,
}: {
  readonly fields: readonly FormField[];
  readonly renderField: ParentFieldProps['renderField'];
}) {
  const { draft, problemsAt } = useFields();
  const isOwn = ({ path, node }: FormField) => {
    const value = valueAt(draft.spec, path);
    return value !== undefined && value !== '' && String(value) !== String(node.default);
  };
  const needsAttention = fields.some(
    (field) => isOwn(field) || problemsAt(['spec', ...field.path]).length > 0,
  );
  // Stays open when the value is removed again: what you edit must not fold up.
  const [isOpen, setOpen] = useState(needsAttention);
  if (needsAttention && !isOpen) setOpen(true);
  if (fields.length === 0) return null;
  // A single one isn't worth folding.
  if (fields.length === 1) return fields.map((field) => renderField({ field }))[0];
  return (
    <details className="group" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <DisclosureSummary compact>Defaults ({fields.length} fields)</DisclosureSummary>
      <div className="mt-3 grid gap-5">
        {fields.map((field) => (
          <Fragment key={field.path.join('.')}>{renderField({ field })}</Fragment>
        ))}
      </div>
    </details>
  );
}

/** Adding or removing a group removes the focused button, so the focus moves to the first match of a selector. */
function useFocusIn() {
  const box = useRef<HTMLDivElement>(null);
  const selector = useRef<string | null>(null);
  // Not a passive effect: one that is still pending from an earlier render would run before the group appears.
  useLayoutEffect(() => {
    if (selector.current === null) return;
    box.current?.querySelector<HTMLElement>(selector.current)?.focus();
    selector.current = null;
  });
  return [
    box,
    (next: string) => {
      selector.current = next;
    },
  ] as const;
}
