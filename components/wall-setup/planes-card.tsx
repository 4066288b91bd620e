'use client';

import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox, TextInput } from '@/components/ui/controls';
import { Field, FieldSet } from '@/components/ui/field';
import type { ChangeUrlState } from '@/lib/client/use-url-state';
import { namespaceProblem, type WallFormProblems, wallLabelProblem } from '@/lib/plane/wall/wall-form';
import type { WallOption, WallOptions } from './wall-options';
import { toggled, type WallSetup } from './wall-setup';

/** The choice of planes for a wall. */
export function PlanesCard({
  setup,
  change,
  options,
  problems,
  labels,
  noPlanes,
}: {
  readonly setup: WallSetup;
  readonly change: ChangeUrlState<WallSetup>;
  readonly options: WallOptions;
  readonly problems: WallFormProblems;
  /** The labels of the known planes, to suggest: `env=prod`. */
  readonly labels: readonly string[];
  /** Why no plane has a namespace, or none is known. */
  readonly noPlanes: string;
}) {
  return (
    <Card title="Planes">
      <div className="grid gap-4">
        <CheckList
          label="Roles"
          options={options.roles}
          chosen={setup.roles}
          error={problems.roles}
          empty="No plane kinds are installed."
          onToggle={(role) => change({ roles: toggled(setup.roles, role) })}
        />
        <CheckList
          label="Kinds"
          options={options.kinds}
          chosen={setup.kinds}
          error={problems.kinds}
          empty="No plane kinds are installed."
          onToggle={(kind) => change({ kinds: toggled(setup.kinds, kind) })}
        />
        <CheckList
          label="Namespaces"
          {...(setup.namespaces.length > 0
            ? { help: 'Cluster-wide planes have no namespace, so this hides them.' }
            : {})}
          options={options.namespaces}
          chosen={setup.namespaces}
          error={problems.namespaces}
          empty={noPlanes}
          onToggle={(namespace) => change({ namespaces: toggled(setup.namespaces, namespace) })}
        >
          <AddValue
            title="Another namespace"
            problemOf={namespaceProblem}
            onAdd={(namespace) => {
              if (!setup.namespaces.includes(namespace))
                change({ namespaces: toggled(setup.namespaces, namespace) });
            }}
          />
        </CheckList>
        <CheckList
          label="Labels"
          help={
            setup.labels.length > 0
              ? "Values of one key are alternatives; different keys must all match. Labels don't limit what a link may show."
              : undefined
          }
          options={options.labels}
          chosen={setup.labels}
          error={problems.labels}
          onToggle={(label) => change({ labels: toggled(setup.labels, label) })}
        >
          <AddValue
            title="A label, such as env=prod"
            suggestions={labels}
            problemOf={wallLabelProblem}
            onAdd={(label) => {
              if (!setup.labels.includes(label)) change({ labels: toggled(setup.labels, label) });
            }}
          />
        </CheckList>
        <CheckList
          label="States"
          {...(setup.health.length > 0
            ? { help: 'The wall only counts planes in other states, if they need action.' }
            : {})}
          options={options.health}
          chosen={setup.health}
          error={problems.health}
          onToggle={(state) => change({ health: toggled(setup.health, state) })}
        />
      </div>
    </Card>
  );
}

/** Checkboxes for some of many options; none checked means all. */
function CheckList({
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
  readonly help?: string | undefined;
  readonly options: readonly WallOption[];
  readonly chosen: readonly string[];
  readonly error: string | undefined;
  /** The text for an empty list of options. */
  readonly empty?: string;
  readonly onToggle: (value: string) => void;
  /** Content below the options, such as a way to add one. */
  readonly children?: ReactNode;
}) {
  return (
    <FieldSet
      label={
        <>
          {label}{' '}
          <span className="ml-1 font-normal text-muted text-xs">
            {chosen.length === 0 ? 'all' : `${chosen.length} selected`}
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

/** Adds a value that is typed, even one that no plane has yet. */
function AddValue({
  title,
  suggestions = [],
  problemOf,
  onAdd,
}: {
  readonly title: string;
  readonly suggestions?: readonly string[];
  /** Returns the problem with a typed value, or undefined. */
  readonly problemOf: (value: string) => string | undefined;
  readonly onAdd: (value: string) => void;
}) {
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const listId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const value = text.trim();
    if (problemOf(value) !== undefined) {
      setTried(true);
      return;
    }
    onAdd(value);
    setText('');
    setTried(false);
  };
  return (
    <form onSubmit={submit} className="mt-1 max-w-sm">
      <Field label={title} error={tried ? problemOf(text.trim()) : undefined}>
        {(control) => (
          <span className="flex gap-2">
            <TextInput
              {...control}
              mono
              list={suggestions.length > 0 ? listId : undefined}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <Button type="submit" variant="outline" className="h-9">
              Add
            </Button>
          </span>
        )}
      </Field>
      <datalist id={listId}>
        {suggestions.map((suggestion) => (
          <option key={suggestion} value={suggestion} />
        ))}
      </datalist>
    </form>
  );
}
