'use client';

import { useId } from 'react';
import { Card } from '@/components/ui/card';
import { TextInput } from '@/components/ui/controls';
import { Field, FieldSet } from '@/components/ui/field';
import { Segmented } from '@/components/ui/segmented';
import type { ChangeUrlState } from '@/lib/client/use-url-state';
import { MAX_TITLE } from '@/lib/plane/wall/wall-choices';
import type { Grouping, WallFormProblems } from '@/lib/plane/wall/wall-form';
import { ThemeField } from './theme-field';
import type { WallSetup } from './wall-setup';

const GROUPING_OPTIONS: readonly { readonly value: Grouping; readonly label: string }[] = [
  { value: 'none', label: 'None' },
  { value: 'role', label: 'Role' },
  { value: 'namespace', label: 'Namespace' },
  { value: 'label', label: 'Label' },
];

/** The appearance of a wall, and how fast its pages turn. */
export function AppearanceCard({
  setup,
  change,
  problems,
  labelKeys,
  untitled,
}: {
  readonly setup: WallSetup;
  readonly change: ChangeUrlState<WallSetup>;
  readonly problems: WallFormProblems;
  /** The label keys of existing planes. */
  readonly labelKeys: readonly string[];
  /** The sentence that says what a wall without a title shows instead. */
  readonly untitled: string;
}) {
  const listId = useId();
  return (
    <Card title="Appearance">
      <div className="grid gap-4">
        <Field label="Title" optional help={untitled}>
          {(control) => (
            <TextInput
              {...control}
              value={setup.title}
              maxLength={MAX_TITLE}
              onChange={(event) => change({ title: event.target.value }, { typed: true })}
            />
          )}
        </Field>
        <FieldSet label="Group by">
          <Segmented
            label="Group by"
            options={GROUPING_OPTIONS}
            value={setup.grouping}
            onChange={(grouping) => change({ grouping })}
          />
          {setup.grouping === 'label' ? (
            <Field label="Label key" error={problems.label} className="mt-2 max-w-sm">
              {(control) => (
                <>
                  <TextInput
                    {...control}
                    mono
                    list={listId}
                    value={setup.label}
                    onChange={(event) => change({ label: event.target.value.trim() }, { typed: true })}
                  />
                  <datalist id={listId}>
                    {labelKeys.map((key) => (
                      <option key={key} value={key} />
                    ))}
                  </datalist>
                </>
              )}
            </Field>
          ) : null}
        </FieldSet>
        <ThemeField theme={setup.theme} error={problems.theme} onChange={(theme) => change({ theme })} />
        <Field
          label="Seconds per page"
          help="The wall turns pages if its planes don't fit on one screen."
          error={problems.seconds}
          className="max-w-sm"
        >
          {(control) => (
            <TextInput
              {...control}
              inputMode="numeric"
              value={setup.seconds}
              className="max-w-28"
              onChange={(event) => change({ seconds: event.target.value.trim() }, { typed: true })}
            />
          )}
        </Field>
      </div>
    </Card>
  );
}
