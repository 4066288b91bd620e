'use client';

import { useState } from 'react';
import { Checkbox, Select, TextArea, TextInput } from '@/components/ui/controls';
import type { ControlProps } from '@/components/ui/field';
import { exactJson } from '@/lib/plane/json/exact-json';
import type { Json } from '@/lib/plane/json/json';
import type { FieldKind } from '@/lib/plane/schema/field-kind';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';
import { freeFormText, freeFormValue } from './free-form-value';
import { PasswordInput } from './secret-input';

export interface ValueControlProps {
  readonly control: ControlProps;
  readonly kind: FieldKind;
  readonly node: SchemaNode;
  readonly required: boolean;
  readonly placeholder?: string | undefined;
  /** Hides the text from people looking at the screen. */
  readonly secret?: boolean;
  readonly value: Json | undefined;
  /** Undefined removes the value. */
  readonly onChange: (value: Json | undefined) => void;
}

/** The control for a value of a given kind; kinds without their own control are typed as YAML or JSON. */
export function ValueControl(props: ValueControlProps) {
  switch (props.kind) {
    case 'text':
    case 'host':
    case 'url':
    case 'number':
      return <TextControl {...props} />;
    case 'choice':
      return <ChoiceControl {...props} />;
    case 'boolean':
      return <BooleanControl {...props} />;
    default:
      return <FreeFormControl {...props} />;
  }
}

/**
 * Keeps the typed text: a number is only converted when it is written, so "80e" is reported as wrong and doesn't
 * vanish.
 */
function TextControl({ control, kind, node, placeholder, secret, value, onChange }: ValueControlProps) {
  const text = typeof value === 'string' ? value : isNumber(value) ? String(value) : '';
  if (secret) return <PasswordInput control={control} text={text} onChange={onChange} />;
  if (text.includes('\n')) {
    return <TextArea {...control} value={text} onChange={(event) => onChange(event.target.value)} />;
  }
  return (
    <TextInput
      {...control}
      value={text}
      placeholder={placeholder ?? defaultText(node)}
      inputMode={kind === 'number' ? 'numeric' : kind === 'url' ? 'url' : undefined}
      className={kind === 'number' ? 'tabular sm:max-w-40' : undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** The default that the API server applies to an empty field. */
function defaultText({ default: value }: SchemaNode): string | undefined {
  return typeof value === 'string' || isNumber(value) ? String(value) : undefined;
}

function ChoiceControl({ control, node, required, value, onChange }: ValueControlProps) {
  const options = node.enum ?? [];
  const isNotAllowed = typeof value === 'string' && value !== '' && !options.includes(value);
  return (
    <Select
      {...control}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">
        {typeof node.default === 'string' ? `Default: ${node.default}` : required ? 'Choose…' : 'Not set'}
      </option>
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
      {isNotAllowed ? <option value={value}>{value} (not allowed)</option> : null}
    </Select>
  );
}

/** Yes or no. Without a default, "not set" is a third choice, which a controller may treat as yes. */
function BooleanControl({ control, node, required, value, onChange }: ValueControlProps) {
  if (typeof node.default === 'boolean') {
    return (
      <Checkbox
        {...control}
        checked={typeof value === 'boolean' ? value : node.default}
        onChange={(event) => onChange(event.target.checked)}
      >
        Yes
      </Checkbox>
    );
  }
  return (
    <Select
      {...control}
      className="sm:max-w-40"
      value={typeof value === 'boolean' ? String(value) : ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value === 'true')}
    >
      <option value="">{required ? 'Choose…' : 'Not set'}</option>
      <option value="true">Yes</option>
      <option value="false">No</option>
    </Select>
  );
}

/** Keeps the text as you typed it while it means the same as the draft's value. */
function FreeFormControl({ control, placeholder, value, onChange }: ValueControlProps) {
  const [typed, setTyped] = useState<{ readonly text: string; readonly value: Json | undefined } | null>(
    null,
  );
  const isCurrent = typed !== null && exactJson(typed.value) === exactJson(value);
  return (
    <TextArea
      {...control}
      mono
      rows={2}
      className="field-sizing-content min-h-14"
      value={isCurrent ? typed.text : freeFormText(value)}
      placeholder={placeholder ?? 'YAML or JSON'}
      onChange={(event) => {
        const next = freeFormValue(event.target.value);
        setTyped({ text: event.target.value, value: next });
        onChange(next);
      }}
    />
  );
}
