'use client';

import { Info } from 'lucide-react';
import { problemMessages } from '@/components/fields/fields-context';
import { LabelsField } from '@/components/fields/labels-field';
import { PlaneTextInput } from '@/components/fields/plane-text-input';
import { draftStore } from '@/components/registration/draft-store';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import { Field } from '@/components/ui/field';
import { PLANE_TEXT_FIELDS, PLANE_TEXTS, type PlaneTextField } from '@/lib/plane/model/plane-texts';
import { defaultNameMeaning } from '@/lib/plane/registration/default-plane';
import { withName } from '@/lib/plane/registration/draft-changes';
import { specSchema } from '@/lib/plane/schema/installed-kind';
import { NameInput } from './name-input';
import { NamespaceField } from './namespace-field';
import { PlaneIdField } from './plane-id-field';
import { StepFrame } from './step-frame';

const NO_LABELS: Readonly<Record<string, string>> = {};

/** The step for the plane's name and the cluster that it represents. */
export function IdentityStep() {
  const { kind, draft, problemsAt } = useDraftedWizard();
  const { entry } = kind;
  const rename = (name: string) =>
    draftStore.change((before, ownPlaneID) => withName(before, name, kind, !ownPlaneID));
  const hasPlaneID = specSchema(kind).properties?.planeID !== undefined;
  return (
    <StepFrame>
      {entry.scope === 'Namespaced' ? <NamespaceField /> : null}
      <Field
        name="name"
        label="Name"
        help={`Name of the ${entry.kind} resource: lowercase letters, digits and dashes. You can't change it later.`}
        optional={false}
        {...problemMessages(problemsAt(['name']))}
      >
        {(control) => (
          <NameInput control={control} name={draft.name} placeholder="prod-eu" onChange={rename} />
        )}
      </Field>
      {draft.name === 'default' ? (
        <p className="-mt-3 flex items-start gap-2 rounded-lg border border-line bg-neutral-soft px-3 py-2.5 text-pretty">
          <Info size={15} aria-hidden="true" className="mt-0.5 shrink-0" />
          {defaultNameMeaning(entry)}
        </p>
      ) : null}
      {hasPlaneID ? <PlaneIdField /> : null}
      {PLANE_TEXT_FIELDS.map((field) => (
        <TextField key={field} field={field} />
      ))}
      <LabelsField
        path={['labels']}
        labels={draft.labels ?? NO_LABELS}
        onChange={(labels) => draftStore.change((before) => ({ ...before, labels }))}
        problemsAt={problemsAt}
      />
    </StepFrame>
  );
}

/** A text of the plane, which is optional. */
function TextField({ field }: { readonly field: PlaneTextField }) {
  const { draft, problemsAt } = useDraftedWizard();
  const { label, help } = PLANE_TEXTS[field];
  return (
    <Field name={field} label={label} help={help} optional {...problemMessages(problemsAt([field]))}>
      {(control) => (
        <PlaneTextInput
          field={field}
          control={control}
          value={draft[field] ?? ''}
          onChange={(value) => draftStore.change((before) => ({ ...before, [field]: value }))}
        />
      )}
    </Field>
  );
}
