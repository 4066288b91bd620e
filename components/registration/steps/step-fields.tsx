'use client';

import { useMemo } from 'react';
import { SpecFields } from '@/components/fields/spec-fields';
import { draftStore } from '@/components/registration/draft-store';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import type { Credential } from '@/lib/plane/credentials/credential';
import type { Json } from '@/lib/plane/json/json';
import { type JsonPath, pathKey } from '@/lib/plane/json/json-path';
import { withCredential, withSpecValue } from '@/lib/plane/registration/draft-changes';
import { type FormField, fieldsOfStep } from '@/lib/plane/registration/form-field';

/** Returns the inputs of a step, as the installed schema defines them. */
export function useStepFields(step: 'connection' | 'services'): readonly FormField[] {
  const { kind, draft } = useDraftedWizard();
  return useMemo(() => fieldsOfStep(kind, step, draft), [kind, step, draft]);
}

/** Renders the inputs of a step on the wizard's draft. */
export function StepFields({ fields }: { readonly fields: readonly FormField[] }) {
  const { kind, draft, planes, namespaceNames, inspections, problemsAt } = useDraftedWizard();
  return (
    <SpecFields
      fields={fields}
      kind={kind}
      draft={draft}
      namespace={draft.namespace}
      planes={planes}
      namespaces={namespaceNames}
      inspections={inspections}
      registration={draft.id}
      onSpecChange={changeSpec}
      onCredentialChange={replaceCredential}
      onAdd={add}
      onLeave={leave}
      problemsAt={problemsAt}
    />
  );
}

function changeSpec(path: JsonPath, value: Json | undefined): void {
  draftStore.change((draft) => withSpecValue(draft, path, value));
}

function replaceCredential(slotId: string, credential: Credential): void {
  draftStore.change((draft) => withCredential(draft, slotId, credential));
}

function add(path: JsonPath): void {
  draftStore.addField(pathKey(path));
}

function leave(path: JsonPath): void {
  draftStore.leaveField(pathKey(path));
}
