'use client';

import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';

export interface RadioCard<Value extends string> {
  readonly value: Value;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly icon?: ReactNode;
  /** Why the option can't be chosen. The card stays focusable, so everyone can read the reason. */
  readonly refused?: ReactNode;
}

/**
 * Radio buttons as cards with room for a sentence. Put them into a `FieldSet`, which names them; arrow keys move
 * between them as between all radios.
 */
export function RadioCards<Value extends string>({
  options,
  value,
  onChange,
  className,
}: {
  readonly options: readonly RadioCard<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly className?: string | undefined;
}) {
  const name = useId();
  return (
    <div className={clsx('grid gap-2', className)}>
      {options.map((option) => (
        <Card
          key={option.value}
          name={name}
          option={option}
          checked={option.value === value}
          onChoose={() => onChange(option.value)}
        />
      ))}
    </div>
  );
}

function Card<Value extends string>({
  name,
  option,
  checked,
  onChoose,
}: {
  readonly name: string;
  readonly option: RadioCard<Value>;
  readonly checked: boolean;
  readonly onChoose: () => void;
}) {
  const id = useId();
  const titleId = `${id}-title`;
  const describedBy = `${id}-text`;
  const refused = option.refused !== undefined;
  return (
    <label
      className={clsx(
        'flex items-start gap-3 rounded-lg border p-3 has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-1',
        checked ? 'border-accent bg-accent-soft' : 'border-line bg-surface',
        refused ? 'cursor-default bg-neutral-soft' : !checked && 'hover:border-line-strong hover:bg-hover',
      )}
    >
      <input
        type="radio"
        name={name}
        value={option.value}
        checked={checked}
        aria-disabled={refused ? true : undefined}
        aria-labelledby={titleId}
        aria-describedby={describedBy}
        onChange={() => {
          if (!refused) onChoose();
        }}
        className="mt-0.5 size-4 shrink-0 accent-accent focus-visible:outline-none"
      />
      {option.icon ? (
        <span aria-hidden="true" className="mt-0.5 shrink-0 text-muted">
          {option.icon}
        </span>
      ) : null}
      <span className="min-w-0">
        <span id={titleId} className={clsx('block font-medium', refused && 'text-muted')}>
          {option.title}
        </span>
        <span id={describedBy} className="block text-pretty text-muted text-xs [overflow-wrap:anywhere]">
          {option.description}
          {refused ? <span className="mt-0.5 block text-ink">{option.refused}</span> : null}
        </span>
      </span>
    </label>
  );
}
