'use client';

import { CircleAlert, History, Info, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { stepLabels } from '@/components/registration/steps/step-labels';
import { Notice } from '@/components/ui/notice';
import { kindOfPlural, type PlanePlural } from '@/lib/plane/model/kinds';
import { asSentence, lowerFirst } from '@/lib/plane/model/text';
import { draftLabel } from '@/lib/plane/registration/draft-label';
import { STEPS } from '@/lib/plane/registration/register-url';
import { draftStore, useWizardState } from './draft-store';
import { type SiblingStart, startOffered } from './use-draft-start';
import { useWizard } from './wizard-context';

const ICON_PX = 15;

export function ReadOnlyNote() {
  if (!useWizard().readOnly) return null;
  return (
    <Notice
      tone="neutral"
      icon={<Lock size={ICON_PX} aria-hidden="true" />}
      title="Planeboard is read-only."
      className="rounded-lg"
    >
      You can't register planes here. Apply the manifests with kubectl, or commit them to git.
    </Notice>
  );
}

/** On the first step, says that the address names a kind that can't be registered. */
export function KindMissingNote({ plural }: { readonly plural: PlanePlural }) {
  const { kinds, schemaProblem, step } = useWizard();
  if (step !== 'kind') return null;
  const label = kindOfPlural(plural)?.label ?? plural;
  const isServed = kinds.some(({ entry }) => entry.plural === plural);
  return (
    <Notice
      tone="warning"
      icon={<CircleAlert size={ICON_PX} aria-hidden="true" className="text-degraded" />}
      title={isServed ? `${label}: schema not read yet.` : `${label} isn't installed.`}
      className="rounded-lg"
    >
      {isServed
        ? (schemaProblem ?? "Planeboard hasn't read this kind's schema yet. This page keeps checking.")
        : "This installation doesn't serve this kind. Choose another."}
    </Notice>
  );
}

export function SiblingNote({ sibling }: { readonly sibling: SiblingStart }) {
  if (sibling.state !== 'failed') return null;
  return (
    <Notice
      tone="warning"
      icon={<CircleAlert size={ICON_PX} aria-hidden="true" className="text-degraded" />}
      title="Couldn't read the sibling plane."
      className="rounded-lg"
    >
      {asSentence(sibling.reason)} Enter its planeID and agent CA yourself.{' '}
      <InlineButton onClick={sibling.refetch}>Try again</InlineButton>
    </Notice>
  );
}

/** Says that the draft was restored after a reload, and which part of it wasn't. */
export function RestoredNote() {
  const { restored, offeredKind } = useWizardState();
  const { step, kind, draft, errorsOf, goTo, startOver } = useWizard();
  // The offer names the draft too.
  if (restored === null || (restored === 'whole' && offeredKind !== null)) return null;
  const openStep = STEPS.find((item) => item === 'review' || errorsOf(item).length > 0);
  return (
    <Notice
      tone={restored === 'whole' ? 'neutral' : 'warning'}
      icon={<History size={ICON_PX} aria-hidden="true" />}
      title="Draft restored."
      className="rounded-lg"
    >
      {draft ? `It is an unfinished ${draftLabel(draft)}. ` : null}
      {restored === 'whole'
        ? 'This tab keeps it until you register the plane or start over.'
        : "Private keys, tokens and passwords aren't stored. Enter them again."}{' '}
      <InlineButton onClick={() => draftStore.dismissRestored()}>Dismiss</InlineButton>,{' '}
      <InlineButton onClick={startOver}>discard it</InlineButton>
      {openStep === undefined || openStep === step || !kind ? null : (
        <>
          {' or '}
          <InlineButton onClick={() => goTo(openStep)}>
            continue with {lowerFirst(stepLabels(openStep, kind).title)}
          </InlineButton>
        </>
      )}
    </Notice>
  );
}

/** After a link to another kind, asks whether to go on with the unfinished draft, which the link left as it was. */
export function OfferedKindNote() {
  const { offeredKind } = useWizardState();
  const { kinds, draft } = useWizard();
  const offered = kinds.find(({ entry }) => entry.plural === offeredKind);
  if (!draft || !offered?.schema) return null;
  const { entry, schema } = offered;
  return (
    <Notice
      tone="neutral"
      icon={<Info size={ICON_PX} aria-hidden="true" />}
      title={`Unfinished draft: ${draftLabel(draft)}.`}
      className="rounded-lg"
    >
      You opened a link for a new {lowerFirst(entry.label)}.{' '}
      <InlineButton onClick={() => draftStore.offerKind(null)}>
        Continue your draft of {draftLabel(draft)}
      </InlineButton>{' '}
      or{' '}
      <InlineButton onClick={() => startOffered({ entry, schema })}>
        start a new {lowerFirst(entry.label)}
      </InlineButton>
      , which sets the draft aside.
    </Notice>
  );
}

/** Lists the drafts that were set aside for a new one. */
export function OtherDraftsNote() {
  const { others } = useWizardState();
  return others.map(({ draft }) => (
    <Notice
      key={draft.id}
      tone="neutral"
      icon={<Info size={ICON_PX} aria-hidden="true" />}
      title={`Draft of ${draftLabel(draft)} set aside.`}
      className="rounded-lg"
    >
      <InlineButton onClick={() => draftStore.switchTo(draft.id)}>Switch to it</InlineButton> or{' '}
      <InlineButton onClick={() => draftStore.removeOther(draft.id)}>discard it</InlineButton>.
    </Notice>
  ));
}

function InlineButton({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <button type="button" className="font-medium text-accent underline underline-offset-2" onClick={onClick}>
      {children}
    </button>
  );
}
