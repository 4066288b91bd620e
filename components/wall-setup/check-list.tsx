'use client';

import type { ReactNode } from 'react';
import { Checkbox } from '@/components/ui/controls';
import { FieldSet } from '@/components/ui/field';
import type { WallOption } from './wall-options';

/** Several of many, each ticked or not; nothing ticked means all of them. */
export function SetupChecks({
  label,
  help,
  options,
  chosen,
  error,
  empty,
  onToggle,
  children,
}: {
  readonly label: string;
  readonly help?: string;
  readonly options: readonly WallOption[];
  readonly chosen: readonly string[];
  readonly error: string | undefined;
  /** Said where there is nothing to choose. */
  readonly empty?: string;
  readonly onToggle: (value: string) => void;
  /** Below the choices: a way to add one. */
  readonly children?: ReactNode;
}) {
  return (
    <FieldSet
      label={
        <>
          {label}{' '}
          <span className="ml-1 font-normal text-muted text-xs">
            {chosen.length === 0 ? 'all' : `${chosen.length} chosen`}
          </span>
        </>
      }
      help={help}
      error={error}
    >
      {options.length === 0 && empty !== undefined ? <p className="text-muted">{empty}</p> : null}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-x-3">
        {options.map(({ value, label: text, note }) => (
          <Checkbox key={value} checked={chosen.includes(value)} onChange={() => onToggle(value)}>
            <span className="break-words">{text}</span>
            {note === null ? null : <span className="block text-muted text-xs">{note}</span>}
          </Checkbox>
        ))}
      </div>
      {children}
    </FieldSet>
  );
}
