'use client';

import { type ReactNode, useEffect } from 'react';
import { problemMessages } from '@/components/fields/fields-context';
import { draftStore } from '@/components/registration/draft-store';
import { type QueryState, useDraftedWizard } from '@/components/registration/wizard-context';
import { Select } from '@/components/ui/controls';
import { Field } from '@/components/ui/field';
import type { RegistrationNamespaces } from '@/lib/api/registration';
import { asSentence } from '@/lib/plane/model/text';
import { NameInput } from './name-input';

/** The organization's namespace: a choice if the namespaces are known, otherwise a text field. */
export function NamespaceField() {
  const { draft, kind, namespaces, problemsAt } = useDraftedWizard();
  const { data } = namespaces;
  const listed = data && data.state !== 'not-visible' ? choicesFrom(data, draft.namespace) : null;
  useSingleChoice(listed);
  return (
    <Field
      name="namespace"
      label="Namespace"
      help={helpText(namespaces, listed, kind.entry.kind)}
      optional={false}
      {...problemMessages(problemsAt(['namespace']))}
    >
      {(control) => {
        if (listed !== null) {
          return (
            <Select
              {...control}
              value={draft.namespace}
              onChange={(event) => setNamespace(event.target.value)}
            >
              <option value="">Choose a namespace…</option>
              {listed.map(({ name, allowed }) => (
                <option key={name} value={name} disabled={!allowed}>
                  {allowed ? name : `${name} (not allowed)`}
                </option>
              ))}
            </Select>
          );
        }
        if (data === undefined && namespaces.problem === null) {
          // A select from the start, so a person who focuses it early keeps the focus.
          return (
            <Select {...control} value={draft.namespace} onChange={() => {}}>
              <option value={draft.namespace}>{draft.namespace || 'Loading namespaces…'}</option>
            </Select>
          );
        }
        return (
          <NameInput control={control} name={draft.namespace} placeholder="acme" onChange={setNamespace} />
        );
      }}
    </Field>
  );
}

function setNamespace(namespace: string): void {
  draftStore.change((draft) => ({ ...draft, namespace }));
}

interface NamespaceChoice {
  readonly name: string;
  readonly allowed: boolean;
}

/** The prefix is reserved for Kubernetes' own namespaces; no organization has one. */
const KUBERNETES_PREFIX = /^kube-/;

/**
 * Returns the namespaces to choose from. If a label marks those of organizations, only they are listed, unless Planeboard's
 * settings name the namespaces. The current choice is always listed.
 */
function choicesFrom(
  { state, namespaces, organisationsKnown }: RegistrationNamespaces,
  chosen: string,
): NamespaceChoice[] {
  const choices = namespaces
    .filter(
      ({ name, organisation }) =>
        name === chosen ||
        state === 'configured' ||
        (organisationsKnown ? organisation : !KUBERNETES_PREFIX.test(name)),
    )
    .map(({ name, createPlane }) => ({ name, allowed: createPlane.state !== 'denied' }));
  const isMissing = chosen !== '' && !choices.some(({ name }) => name === chosen);
  return isMissing ? [{ name: chosen, allowed: true }, ...choices] : choices;
}

/** Chooses the namespace if there's only one. */
function useSingleChoice(listed: readonly NamespaceChoice[] | null): void {
  const allowed = listed?.filter((item) => item.allowed) ?? [];
  const only = allowed.length === 1 ? allowed[0]?.name : undefined;
  useEffect(() => {
    if (only !== undefined && draftStore.get().draft?.namespace === '') setNamespace(only);
  }, [only]);
}

function helpText(
  { data, problem }: QueryState<RegistrationNamespaces>,
  listed: readonly NamespaceChoice[] | null,
  kindName: string,
): ReactNode {
  if (data?.state === 'not-visible') return "You can't list namespaces. Enter the name.";
  if (problem !== null) return `Couldn't load the namespaces. ${asSentence(problem)} Enter the name.`;
  if (listed === null) return "The namespace of the plane's organization.";
  if (data?.state === 'configured' && listed.length === 0)
    return 'None of the namespaces that Planeboard shows exists.';
  if (listed.length === 0) {
    return 'No suitable namespace exists. Create an organization in OpenChoreo first.';
  }
  return (
    <>
      The namespace of the plane's organization.
      {data?.state === 'configured'
        ? ' Planeboard shows only these.'
        : data?.organisationsKnown
          ? ''
          : " No namespace has OpenChoreo's organization label, so all except kube-* are listed."}
      {listed.some(({ allowed }) => !allowed)
        ? ` You can't create ${kindName} resources in namespaces marked "not allowed".`
        : ''}
    </>
  );
}
