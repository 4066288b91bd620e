'use client';

import { Info } from 'lucide-react';
import { draftStore } from '@/components/registration/draft-store';
import { StepFrame } from '@/components/registration/step-frame';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import { Field } from '@/components/ui/field';
import { TextArea, TextInput } from '@/components/ui/text-input';
import { defaultNameMeaning } from '@/lib/plane/registration/default-plane';
import { withName } from '@/lib/plane/registration/draft-changes';
import { specSchema } from '@/lib/plane/schema/installed-kind';
import { messagesAt } from './messages';
import { NamespaceField } from './namespace-field';
import { onceTyped } from './once-typed';
import { PlaneIdField } from './plane-id-field';

/** What the plane is called, and which cluster it stands for. */
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
        help={`Of the ${entry.kind} resource. It cannot be changed later. Lower-case letters, digits and dashes.`}
        optional={false}
        {...messagesAt(problemsAt, ['name'])}
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            value={draft.name}
            placeholder="prod-eu"
            onChange={(event) => rename(event.target.value)}
            {...onceTyped(draft.name, rename)}
          />
        )}
      </Field>
      {draft.name === 'default' ? (
        <p className="-mt-3 flex items-start gap-2 rounded-lg border border-line bg-neutral-soft px-3 py-2.5 text-pretty">
          <Info size={15} aria-hidden="true" className="mt-0.5 shrink-0" />
          {defaultNameMeaning(entry)}
        </p>
      ) : null}
      {hasPlaneID ? <PlaneIdField /> : null}
      <Field
        name="displayName"
        label="Display name"
        help="What people read in lists instead of the name."
        optional
        {...messagesAt(problemsAt, ['displayName'])}
      >
        {(control) => (
          <TextInput
            {...control}
            value={draft.displayName}
            placeholder="Production Europe"
            onChange={(event) => {
              const displayName = event.target.value;
              draftStore.change((before) => ({ ...before, displayName }));
            }}
          />
        )}
      </Field>
      <Field name="description" label="Description" optional {...messagesAt(problemsAt, ['description'])}>
        {(control) => (
          <TextArea
            {...control}
            rows={2}
            spellCheck
            value={draft.description}
            onChange={(event) => {
              const description = event.target.value;
              draftStore.change((before) => ({ ...before, description }));
            }}
          />
        )}
      </Field>
    </StepFrame>
  );
}
