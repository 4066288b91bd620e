'use client';

import { Info } from 'lucide-react';
import { Field } from '@/components/ui/field';
import { TextArea, TextInput } from '@/components/ui/text-input';
import { withName } from '@/lib/client/registration/draft-changes';
import { draftStore } from '@/lib/client/registration/draft-store';
import { defaultNameMeaning } from '@/lib/plane/draft/default-words';
import { specSchema } from '@/lib/plane/draft/installed-kind';
import { NamespaceField } from '../identity/namespace-field';
import { onceTyped } from '../identity/once-typed';
import { PlaneIdField } from '../identity/plane-id-field';
import { messagesAt } from '../messages';
import { StepFrame } from '../step-frame';
import { useDraftedWizard } from '../wizard-context';

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
