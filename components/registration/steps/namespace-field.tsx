'use client';

import { type ReactNode, useEffect } from 'react';
import { draftStore } from '@/components/registration/draft-store';
import { type Asked, useDraftedWizard } from '@/components/registration/wizard-context';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import type { RegistrationNamespaces } from '@/lib/api/registration-options';
import { asSentence } from '@/lib/plane/model/as-sentence';
import { messagesAt } from './messages';
import { onceTyped } from './once-typed';

/** The organisation's namespace: chosen from those that exist where they may be listed, else typed. */
export function NamespaceField() {
  const { draft, kind, namespaces, problemsAt } = useDraftedWizard();
  const { data } = namespaces;
  const listed = data?.state === 'listed' ? offered(data, draft.namespace) : null;
  useOnlyChoice(listed);
  return (
    <Field
      name="namespace"
      label="Namespace"
      help={help(namespaces, listed, kind.entry.kind)}
      optional={false}
      {...messagesAt(problemsAt, ['namespace'])}
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
          // Already the select that it is going to be, so that whoever is quick keeps the focus.
          return (
            <Select {...control} value={draft.namespace} onChange={() => {}}>
              <option value={draft.namespace}>{draft.namespace || 'Reading the namespaces…'}</option>
            </Select>
          );
        }
        return (
          <TextInput
            {...control}
            mono
            value={draft.namespace}
            placeholder="acme"
            onChange={(event) => setNamespace(event.target.value)}
            {...onceTyped(draft.namespace, setNamespace)}
          />
        );
      }}
    </Field>
  );
}

function setNamespace(namespace: string): void {
  draftStore.change((draft) => ({ ...draft, namespace }));
}

interface Offered {
  readonly name: string;
  readonly allowed: boolean;
}

/** The prefix is reserved for Kubernetes' own namespaces; no organisation has one. */
const OF_KUBERNETES = /^kube-/;

/** Where a label tells organisations apart, only theirs; the one that is chosen already stays in sight either way. */
function offered({ namespaces, organisationsKnown }: RegistrationNamespaces, chosen: string): Offered[] {
  const choices = namespaces
    .filter(
      ({ name, organisation }) =>
        name === chosen || (organisationsKnown ? organisation : !OF_KUBERNETES.test(name)),
    )
    .map(({ name, createPlane }) => ({ name, allowed: createPlane.state !== 'denied' }));
  const isMissing = chosen !== '' && !choices.some(({ name }) => name === chosen);
  return isMissing ? [{ name: chosen, allowed: true }, ...choices] : choices;
}

/** What can only be one thing need not be asked. */
function useOnlyChoice(listed: readonly Offered[] | null): void {
  const allowed = listed?.filter((item) => item.allowed) ?? [];
  const only = allowed.length === 1 ? allowed[0]?.name : undefined;
  useEffect(() => {
    if (only !== undefined && draftStore.get().draft?.namespace === '') setNamespace(only);
  }, [only]);
}

function help(
  { data, problem }: Asked<RegistrationNamespaces>,
  listed: readonly Offered[] | null,
  kindName: string,
): ReactNode {
  if (data?.state === 'not-visible') return 'You may not list namespaces, so enter its name.';
  if (problem !== null) return `The namespaces could not be read, so enter its name. ${asSentence(problem)}`;
  if (listed === null) return 'The namespace of the organisation that the plane belongs to.';
  if (listed.length === 0) {
    return 'There is no namespace that a plane could belong to. Organisations are created in OpenChoreo, not here.';
  }
  return (
    <>
      The namespace of the organisation that the plane belongs to.
      {data?.organisationsKnown
        ? ''
        : ' None carries the label by which OpenChoreo marks them, so all but those of Kubernetes itself are listed.'}
      {listed.some(({ allowed }) => !allowed)
        ? ` Where it is not allowed, you may not create a ${kindName}.`
        : ''}
    </>
  );
}
