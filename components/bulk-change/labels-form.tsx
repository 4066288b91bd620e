'use client';

import { type FormEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { LabelsField } from '@/components/fields/labels-field';
import { Checkbox } from '@/components/ui/controls';
import { FieldMessages, FieldSet } from '@/components/ui/field';
import { focusFirstInvalid } from '@/components/ui/focus-field';
import { labelProblems } from '@/lib/plane/model/label-problems';
import type { Plane } from '@/lib/plane/model/plane';
import { planeCountText } from '@/lib/plane/model/text';
import { bulkChange, type PlannedChange } from './bulk-change';
import { labelChangesText, labelsValue, usedLabels, valuesText } from './label-changes';

const PATH = ['labels'] as const;

/** Sets and removes labels of many planes. Labels that aren't named stay. */
export function LabelsForm({
  planes,
  onCheck,
  children,
}: {
  readonly planes: readonly Plane[];
  readonly onCheck: (planned: PlannedChange) => void;
  /** The form's buttons. */
  readonly children: ReactNode;
}) {
  const used = useMemo(() => usedLabels(planes), [planes]);
  const [labels, setLabels] = useState<Readonly<Record<string, string>>>({});
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const messagesId = useId();
  const problems = labelProblems(labels);
  const toRemove = [...removed].filter((key) => !Object.hasOwn(labels, key));
  const isEmpty = Object.keys(labels).length === 0 && toRemove.length === 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isEmpty || problems.some(({ severity }) => severity === 'error')) {
      requestAnimationFrame(() => form.current && focusFirstInvalid(form.current));
      return;
    }
    const wanted = { ...labels, ...Object.fromEntries(toRemove.map((key) => [key, null])) };
    onCheck({
      text: labelChangesText(wanted),
      start: (client) => bulkChange(labelsValue(wanted), wanted, client),
    });
  };
  const toggle = (key: string, checked: boolean) => {
    const next = new Set(removed);
    if (checked) next.add(key);
    else next.delete(key);
    setRemoved(next);
  };
  return (
    <form ref={form} noValidate onSubmit={submit}>
      <LabelsField
        title="Labels to set"
        help="A label that a plane already has gets the new value. Others stay."
        path={PATH}
        labels={labels}
        onChange={setLabels}
        problemsAt={([, key]) =>
          key === undefined
            ? []
            : problems
                .filter((problem) => problem.key === key && (tried || key !== ''))
                .map(({ severity, message }) => ({ path: [...PATH, key], severity, message }))
        }
      />
      {used.length === 0 ? null : (
        <div className="mt-4">
          <FieldSet label="Labels to remove" optional>
            <ul className="max-h-48 overflow-y-auto">
              {used.map((label) => (
                <li key={label.key}>
                  <Checkbox
                    checked={removed.has(label.key) && !Object.hasOwn(labels, label.key)}
                    disabled={Object.hasOwn(labels, label.key)}
                    onChange={({ target }) => toggle(label.key, target.checked)}
                  >
                    <span className="font-mono [overflow-wrap:anywhere]">{label.key}</span>{' '}
                    <span className="text-muted text-xs [overflow-wrap:anywhere]">
                      {valuesText(label)} · {planeCountText(label.planes)}
                    </span>
                  </Checkbox>
                </li>
              ))}
            </ul>
          </FieldSet>
        </div>
      )}
      <FieldMessages
        id={messagesId}
        error={tried && isEmpty ? 'Add a label to set, or choose one to remove.' : undefined}
        warning={undefined}
      />
      {children}
    </form>
  );
}
