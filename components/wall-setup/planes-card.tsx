'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox, TextInput } from '@/components/ui/controls';
import { Field, FieldSet } from '@/components/ui/field';
import type { ChangeUrlState } from '@/lib/client/use-url-state';
import { namespaceProblem, type WallFormProblems } from '@/lib/plane/wall/wall-form';
import type { WallOption, WallOptions } from './wall-options';
import { toggled, type WallSetup } from './wall-setup';

/** The choice of planes for a wall. */
export function PlanesCard({
  setup,
  change,
  options,
  problems,
  noPlanes,
}: {
  readonly setup: WallSetup;
  readonly change: ChangeUrlState<WallSetup>;
  readonly options: WallOptions;
  readonly problems: WallFormProblems;
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
          <AddNamespace
            onAdd={(namespace) => {
              if (!setup.namespaces.includes(namespace))
                change({ namespaces: toggled(setup.namespaces, namespace) });
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
  readonly help?: string;
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

/** Adds a namespace, even one that has no planes yet. */
function AddNamespace({ onAdd }: { readonly onAdd: (namespace: string) => void }) {
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const namespace = name.trim();
    if (namespaceProblem(namespace) !== undefined) {
      setTried(true);
      return;
    }
    onAdd(namespace);
    setName('');
    setTried(false);
  };
  return (
    <form onSubmit={submit} className="mt-1 max-w-sm">
      <Field label="Another namespace" error={tried ? namespaceProblem(name.trim()) : undefined}>
        {(control) => (
          <span className="flex gap-2">
            <TextInput {...control} mono value={name} onChange={(event) => setName(event.target.value)} />
            <Button type="submit" variant="outline" className="h-9">
              Add
            </Button>
          </span>
        )}
      </Field>
    </form>
  );
}
