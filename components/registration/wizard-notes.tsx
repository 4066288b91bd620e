'use client';

import { CircleAlert, History, Info, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { stepLabels } from '@/components/registration/steps/step-labels';
import { Notice } from '@/components/ui/notice';
import { kindOfPlural, type PlanePlural } from '@/lib/plane/model/kinds';
import { asSentence, lowerFirst } from '@/lib/plane/model/text';
import { STEPS } from '@/lib/plane/registration/register-url';
import { draftStore, useWizardState } from './draft-store';
import type { SiblingStart } from './use-draft-start';
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
  const { kinds, step } = useWizard();
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
        ? "Planeboard hasn't read this kind's schema yet. This page keeps checking."
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
  const { restored } = useWizardState();
  const { step, kind, draft, errorsOf, goTo, startOver } = useWizard();
  if (restored === null) return null;
  const openStep = STEPS.find((item) => item === 'review' || errorsOf(item).length > 0);
  return (
    <Notice
      tone={restored === 'whole' ? 'neutral' : 'warning'}
      icon={<History size={ICON_PX} aria-hidden="true" />}
      title="Draft restored."
      className="rounded-lg"
    >
      {kind && draft ? `It is an unfinished ${draftText(kind.entry.label, draft.name)}. ` : null}
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

function draftText(kind: string, name: string): string {
  return name === '' ? lowerFirst(kind) : `${lowerFirst(kind)} ${name}`;
}

/** Says that the draft of a link replaced an unfinished one. */
export function ReplacedDraftNote() {
  const { replaced } = useWizardState();
  if (!replaced?.draft) return null;
  return (
    <Notice
      tone="neutral"
      icon={<Info size={ICON_PX} aria-hidden="true" />}
      title={`Draft "${replaced.draft.name}" set aside.`}
      className="rounded-lg"
    >
      <InlineButton onClick={() => draftStore.swapReplaced()}>Switch to it</InlineButton> or{' '}
      <InlineButton onClick={() => draftStore.removeReplaced()}>discard it</InlineButton>.
    </Notice>
  );
}

function InlineButton({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <button type="button" className="font-medium text-accent underline underline-offset-2" onClick={onClick}>
      {children}
    </button>
  );
}
