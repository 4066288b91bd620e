'use client';

import { useMemo, useState } from 'react';
import { ConnectionChoice, SignInChoice } from '@/components/fields/connection-choice';
import { problemMessages } from '@/components/fields/fields-context';
import { LabelsField } from '@/components/fields/labels-field';
import { PlaneTextInput } from '@/components/fields/plane-text-input';
import { SpecFields } from '@/components/fields/spec-fields';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import type { CredentialSource, SpecDraft } from '@/lib/plane/credentials/credential';
import { inlineSecrets } from '@/lib/plane/edit/edit-problems';
import { annotationIn, labelsIn, withAnnotation, withLabels } from '@/lib/plane/edit/editable-object';
import { isWithin, type JsonPath, pathKey, samePath, withValueAt } from '@/lib/plane/json/json-path';
import type { Plane } from '@/lib/plane/model/plane';
import { PLANE_TEXT_FIELDS, PLANE_TEXTS } from '@/lib/plane/model/plane-texts';
import type { DraftProblem } from '@/lib/plane/registration/draft';
import { type FormField, fieldsOfStep, planeIdField } from '@/lib/plane/registration/form-field';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { type EditSession, formOf, withForm, withObject } from './edit-session';
import { editStore } from './edit-store';
import type { CheckedEdit } from './use-edit-problems';

const SOURCES: readonly CredentialSource[] = ['existing-secret', 'inline'];

/** All fields that the wizard offers for the installed schema, on one page. */
export function EditForm({
  plane,
  kind,
  session,
  checked,
  tried,
  added,
  onAdd,
}: {
  readonly plane: Plane;
  readonly kind: InstalledKind;
  readonly session: EditSession;
  readonly checked: CheckedEdit;
  /** Whether to show all problems, or only those of fields that lost focus. */
  readonly tried: boolean;
  /** Keys of recently added parts, whose problems are shown only after they lose focus. */
  readonly added: ReadonlySet<string>;
  readonly onAdd: (path: JsonPath) => void;
}) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { uid, name, namespace } = plane;
  const { draft, problems, yamlProblems, planes, inspections } = checked;
  const stored = useMemo(
    () => ({ inline: inlineSecrets(session.base.object, kind), sources: SOURCES }),
    [session.base.object, kind],
  );
  const change = (part: (draft: SpecDraft) => Partial<SpecDraft>) =>
    editStore.change(uid, (edit) => {
      const form = formOf(edit, kind, name);
      return withForm(edit, form.start, { ...form.draft, ...part(form.draft) }, kind);
    });
  const isShown = ({ path, severity }: DraftProblem) =>
    severity === 'warning' || (tried && !isWithin(path, added)) || isWithin(path, left);
  const state = {
    kind,
    draft,
    namespace: namespace ?? '',
    planes,
    namespaces: null,
    inspections,
    stored,
    onSpecChange: (path: JsonPath, value: Parameters<typeof withValueAt>[2]) =>
      change(({ spec }) => ({ spec: withValueAt(spec, path, value) })),
    onCredentialChange: (slotId: string, credential: SpecDraft['credentials'][string]) =>
      change(({ credentials }) => ({ credentials: { ...credentials, [slotId]: credential } })),
    onAdd,
    onLeave: (path: JsonPath) => setLeft((before) => new Set([...before, pathKey(path)])),
    problemsAt: (path: JsonPath) =>
      problems.filter((problem) => samePath(problem.path, path) && isShown(problem)),
  };
  const yamlProblemsAt = (path: JsonPath) =>
    yamlProblems.filter((problem) => samePath(problem.path, path) && isShown(problem));
  const planeId = planeIdField(kind);
  const parts: readonly { title: string; fields: readonly FormField[] }[] = [
    { title: 'Connection', fields: fieldsOfStep(kind, 'connection', draft) },
    { title: 'Services', fields: fieldsOfStep(kind, 'services', draft) },
  ];
  return (
    <div className="grid min-w-0 max-w-3xl gap-4">
      <Card title="Identity">
        <div className="grid gap-5">
          <TextFields
            object={session.object}
            problemsAt={yamlProblemsAt}
            onLeave={state.onLeave}
            onChange={(annotation, text) =>
              editStore.change(uid, (edit) => withObject(edit, withAnnotation(edit.object, annotation, text)))
            }
          />
          {planeId ? <SpecFields fields={[planeId]} {...state} /> : null}
          <LabelsField
            path={['metadata', 'labels']}
            labels={labelsIn(session.object)}
            onChange={(labels) =>
              editStore.change(uid, (edit) => withObject(edit, withLabels(edit.object, labels)))
            }
            onLeave={state.onLeave}
            problemsAt={yamlProblemsAt}
          />
        </div>
      </Card>
      {parts.map(({ title, fields }) => (
        <Card key={title} title={title}>
          <div className="grid gap-6">
            {title === 'Connection' ? (
              <>
                <ConnectionChoice kind={kind} draft={draft} onChange={(part) => change(() => part)} />
                <SignInChoice kind={kind} draft={draft} onChange={(part) => change(() => part)} />
              </>
            ) : null}
            {fields.length > 0 ? (
              <SpecFields fields={fields} {...state} />
            ) : (
              <p className="text-muted">This kind has no fields in this section.</p>
            )}
          </div>
        </Card>
      ))}
    </div>
  );
}

/** Inputs for the plane's texts. All are annotations; an empty one is removed. */
function TextFields({
  object,
  problemsAt,
  onChange,
  onLeave,
}: {
  readonly object: EditSession['object'];
  readonly problemsAt: (path: JsonPath) => readonly DraftProblem[];
  readonly onChange: (annotation: string, text: string) => void;
  readonly onLeave: (path: JsonPath) => void;
}) {
  return PLANE_TEXT_FIELDS.map((field) => {
    const { annotation, label, help } = PLANE_TEXTS[field];
    const path = ['metadata', 'annotations', annotation];
    return (
      <Field
        key={field}
        name={field}
        label={label}
        help={help}
        optional
        {...problemMessages(problemsAt(path))}
      >
        {(control) => (
          <PlaneTextInput
            field={field}
            control={control}
            value={annotationIn(object, annotation)}
            onBlur={() => onLeave(path)}
            onChange={(value) => onChange(annotation, value)}
          />
        )}
      </Field>
    );
  });
}
