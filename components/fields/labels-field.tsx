'use client';

import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/controls';
import { Field } from '@/components/ui/field';
import { exactJson } from '@/lib/plane/json/exact-json';
import { type JsonPath, pathKey } from '@/lib/plane/json/json-path';
import type { DraftProblem } from '@/lib/plane/registration/draft';
import { problemMessages } from './fields-context';
import { type MapRow, mapOfRows, repeatedNames, rowsOfMap } from './map-rows';
import { RowsField } from './rows-field';

const EMPTY_ROW: MapRow = { name: '', value: '' };

/** A plane's labels, one line each. The lines stay as they were typed while they mean the same as the labels. */
export function LabelsField({
  title = 'Labels',
  help = 'To filter, group and select planes by, such as region and eu-west-1.',
  path,
  labels,
  onChange,
  onLeave,
  problemsAt,
}: {
  readonly title?: string;
  readonly help?: string;
  /** The labels' path in the form. */
  readonly path: JsonPath;
  readonly labels: Readonly<Record<string, string>>;
  readonly onChange: (labels: Readonly<Record<string, string>>) => void;
  /** Absent where the form itself follows the focus. */
  readonly onLeave?: (path: JsonPath) => void;
  readonly problemsAt: (path: JsonPath) => readonly DraftProblem[];
}) {
  const [typed, setTyped] = useState<readonly MapRow[]>([]);
  const rows = exactJson(mapOfRows(typed)) === exactJson(labels) ? typed : rowsOfMap(labels);
  const change = (next: readonly MapRow[]) => {
    setTyped(next);
    onChange(mapOfRows(next) as Record<string, string>);
  };
  const { error, warning } = problemMessages(problemsAt(path));
  const repeated = repeatedNames(rows).map((key) => `Duplicate key ${key}: only the first value is used.`);
  return (
    <RowsField
      name={pathKey(path)}
      field={{
        label: title,
        help,
        required: false,
      }}
      error={[...error, ...repeated]}
      warning={warning}
      count={rows.length}
      onAdd={() => change([...rows, EMPTY_ROW])}
      onRemove={(index) => change(rows.filter((_, other) => other !== index))}
      renderRow={(index, remove) => {
        const row = rows[index] ?? EMPTY_ROW;
        const edit = (part: Partial<MapRow>) =>
          change(rows.map((other, at) => (at === index ? { ...other, ...part } : other)));
        const rowPath = [...path, row.name];
        return (
          <li
            // A key changes with every keystroke, so it can't be React's.
            key={index}
            onBlur={() => onLeave?.(rowPath)}
            className="flex items-start gap-1"
          >
            <div className="grid min-w-0 flex-1 gap-1 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
              <Field
                name={pathKey(rowPath)}
                label={`Label key ${index + 1}`}
                hideLabel
                {...problemMessages(problemsAt(rowPath))}
              >
                {(control) => (
                  <TextInput
                    {...control}
                    mono
                    value={row.name}
                    placeholder="Key"
                    onChange={({ target }) => edit({ name: target.value })}
                  />
                )}
              </Field>
              <Field label={`Label value ${index + 1}`} hideLabel>
                {(control) => (
                  <TextInput
                    {...control}
                    mono
                    value={String(row.value)}
                    placeholder="Value"
                    onChange={({ target }) => edit({ value: target.value })}
                  />
                )}
              </Field>
            </div>
            <Button
              icon
              aria-label={`Remove label ${row.name || index + 1}`}
              className="mt-0.5"
              onClick={remove}
            >
              <Trash2 size={14} aria-hidden="true" />
            </Button>
          </li>
        );
      }}
    />
  );
}
