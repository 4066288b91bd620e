'use client';

import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { FieldSet } from '@/components/ui/field';
import { RadioCards } from '@/components/ui/radio-cards';
import type { EditConflict } from '@/lib/plane/edit/merge-three-way';
import type { Json, JsonObject } from '@/lib/plane/json/json';
import { type JsonPath, valueAt, withValueAt } from '@/lib/plane/json/json-path';
import { yamlText } from '@/lib/plane/json/yaml-text';
import { MASK } from '@/lib/plane/masking/mask';
import { redactObject } from '@/lib/plane/masking/redact';
import { conflictKey, type EditConflicts, resolveConflicts, type Side, withResolution } from './edit-session';
import { editStore } from './edit-store';

/** Shows both sides of fields that someone else changed too, and lets you choose. Other changes are merged. */
export function ConflictPanel({
  uid,
  conflicts,
}: {
  readonly uid: string;
  readonly conflicts: EditConflicts;
}) {
  const { merge, chosen } = conflicts;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const open = merge.conflicts.filter(({ path }) => chosen[conflictKey(path)] === undefined).length;
  return (
    <section aria-label="Conflicts" className="grid min-w-0 gap-4">
      <div>
        <h2 ref={heading} tabIndex={-1} className="font-semibold text-base focus-visible:outline-none">
          Someone else changed the same fields
        </h2>
        <p className="mt-1 max-w-prose text-pretty text-muted">
          Nothing was overwritten. Choose a value for each field. All other changes are merged, and you can
          review the result before you save.
        </p>
      </div>
      {merge.conflicts.map((conflict) => (
        <ConflictChoice
          key={conflictKey(conflict.path)}
          conflict={conflict}
          side={chosen[conflictKey(conflict.path)] ?? null}
          onChoose={(side) => editStore.change(uid, (edit) => withResolution(edit, conflict.path, side))}
        />
      ))}
      <div className="flex flex-wrap items-center justify-end gap-3">
        <p role="status" className="min-w-0 flex-1 text-muted">
          {open === 0
            ? 'All conflicts resolved.'
            : open === 1
              ? '1 conflict left.'
              : `${open} conflicts left.`}
        </p>
        <Button variant="primary" disabled={open > 0} onClick={() => editStore.change(uid, resolveConflicts)}>
          Continue
        </Button>
      </div>
    </section>
  );
}

function ConflictChoice({
  conflict: { path, base, mine, theirs },
  side,
  onChoose,
}: {
  readonly conflict: EditConflict;
  readonly side: Side | null;
  readonly onChoose: (side: Side) => void;
}) {
  return (
    <div className="rounded-xl border border-line bg-surface px-4 py-3">
      <FieldSet label={<code className="font-mono text-xs [overflow-wrap:anywhere]">{path.join('.')}</code>}>
        <p className="mb-1 text-muted text-xs">Original:</p>
        <Value value={base} path={path} />
        <RadioCards
          value={side}
          onChange={onChoose}
          className="mt-3 sm:grid-cols-2"
          options={[
            { value: 'mine', title: 'Yours', description: <Value value={mine} path={path} /> },
            {
              value: 'theirs',
              title: 'Theirs (stored)',
              description: <Value value={theirs} path={path} />,
            },
          ]}
        />
      </FieldSet>
    </div>
  );
}

/** The value of one side, without typed secrets. */
function Value({ value, path }: { readonly value: Json | undefined; readonly path: JsonPath }) {
  if (value === undefined) return <span className="text-muted italic">not set</span>;
  const shown = valueAt(redactObject(withValueAt({}, path, value), 'keep').object as JsonObject, path);
  if (shown === MASK && value !== MASK) return <span className="text-muted italic">new secret (hidden)</span>;
  return (
    <code className="block max-h-48 overflow-auto whitespace-pre-wrap break-all font-mono text-ink text-xs">
      {shown === undefined ? '' : yamlText(shown).trimEnd()}
    </code>
  );
}
