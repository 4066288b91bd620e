'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/controls';
import { Field } from '@/components/ui/field';
import { exactJson } from '@/lib/plane/json/exact-json';
import { isJsonObject } from '@/lib/plane/json/json';
import { pathKey, valueAt } from '@/lib/plane/json/json-path';
import { entryField } from '@/lib/plane/registration/form-field';
import { type FieldProps, useFields, useMessages } from './fields-context';
import { type MapRow, mapOfRows, repeatedNames, rowsOfMap } from './map-rows';
import { RowsField } from './rows-field';
import { ValueControl } from './value-control';

/** A map with free names. The lines stay as you typed them while they mean the same as the draft's value. */
export function MapField({ field, action }: FieldProps) {
  const { draft, onSpecChange, onLeave } = useFields();
  const draftPath = ['spec', ...field.path];
  const value = valueAt(draft.spec, field.path);
  const map = isJsonObject(value) ? value : {};
  const [typed, setTyped] = useState<readonly MapRow[]>([]);
  const rows = exactJson(mapOfRows(typed)) === exactJson(map) ? typed : rowsOfMap(map);
  const change = (next: readonly MapRow[]) => {
    setTyped(next);
    onSpecChange(field.path, mapOfRows(next));
  };
  const { error, warning } = useMessages(draftPath);
  const repeated = repeatedNames(rows).map((name) => `Duplicate name ${name}: only the first value is used.`);
  return (
    <RowsField
      name={pathKey(draftPath)}
      field={field}
      action={action}
      error={[...error, ...repeated]}
      warning={warning}
      count={rows.length}
      renderRow={(index, remove) => {
        const row = rows[index] ?? EMPTY_ROW;
        return (
          <Row
            // A name changes with every keystroke, so it can't be the key.
            key={index}
            field={field}
            row={row}
            place={index + 1}
            onChange={(part) =>
              change(rows.map((other, at) => (at === index ? { ...other, ...part } : other)))
            }
            onRemove={remove}
            onLeave={() => onLeave([...draftPath, row.name])}
          />
        );
      }}
      onAdd={() => change([...rows, EMPTY_ROW])}
      onRemove={(index) => change(rows.filter((_, other) => other !== index))}
    />
  );
}

const EMPTY_ROW: MapRow = { name: '', value: '' };

function Row({
  field,
  row,
  place,
  onChange,
  onRemove,
  onLeave,
}: {
  readonly field: FieldProps['field'];
  readonly row: MapRow;
  readonly place: number;
  readonly onChange: (part: Partial<MapRow>) => void;
  readonly onRemove: () => void;
  readonly onLeave: () => void;
}) {
  const entry = entryField(field, row.name);
  const draftPath = ['spec', ...field.path, row.name];
  const messages = useMessages(draftPath);
  return (
    <li onBlur={onLeave} className="flex items-start gap-1">
      <div className="grid min-w-0 flex-1 gap-1 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Field label={`${field.label}: name ${place}`} hideLabel>
          {(control) => (
            <TextInput
              {...control}
              mono
              value={row.name}
              placeholder="Name"
              onChange={(event) => onChange({ name: event.target.value })}
            />
          )}
        </Field>
        <Field name={pathKey(draftPath)} label={`${field.label}: value ${place}`} hideLabel {...messages}>
          {(control) => (
            <ValueControl
              control={control}
              kind={entry.kind}
              node={entry.node}
              required={false}
              placeholder="Value"
              secret={entry.secret === true}
              value={row.value}
              onChange={(value) => onChange({ value: value ?? '' })}
            />
          )}
        </Field>
      </div>
      <Button icon aria-label={`Remove ${row.name || `line ${place}`}`} className="mt-0.5" onClick={onRemove}>
        <Trash2 size={14} aria-hidden="true" />
      </Button>
    </li>
  );
}
