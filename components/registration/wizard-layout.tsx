'use client';

import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { LeftoverSecrets } from '@/components/leftovers/leftover-secrets';
import { ConnectionStep } from '@/components/registration/steps/connection-step';
import { IdentityStep } from '@/components/registration/steps/identity-step';
import { KindStep } from '@/components/registration/steps/kind-step';
import { ReviewStep } from '@/components/registration/steps/review-step';
import { ServicesStep } from '@/components/registration/steps/services-step';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { DisclosureSummary } from '@/components/ui/disclosure-summary';
import type { PlanePlural } from '@/lib/plane/model/kinds';
import type { Step } from '@/lib/plane/registration/register-url';
import type { SiblingStart } from './use-draft-start';
import { useWizard } from './wizard-context';
import {
  KindMissingNote,
  OfferedKindNote,
  OtherDraftsNote,
  ReadOnlyNote,
  RestoredNote,
  SiblingNote,
} from './wizard-notes';
import { WizardProgress } from './wizard-progress';
import { YamlPreview } from './yaml-preview';

export const WIZARD_SCROLLER_ID = 'wizard';

const STEP_COMPONENTS: Record<Step, () => React.ReactNode> = {
  kind: KindStep,
  identity: IdentityStep,
  connection: ConnectionStep,
  services: ServicesStep,
  review: ReviewStep,
};

/** The wizard's page: the progress, the step and, beside it, the YAML preview. */
export function WizardLayout({
  started,
  sibling,
  missingKind,
}: {
  /** Whether the starting draft is decided. */
  readonly started: boolean;
  readonly sibling: SiblingStart;
  /** The kind that the address names, if it isn't installed or its fields aren't known. */
  readonly missingKind: PlanePlural | null;
}) {
  const { step, readOnly } = useWizard();
  const StepComponent = STEP_COMPONENTS[step];
  const reading = !started || sibling.state === 'reading';
  return (
    // Positioned, so visually hidden elements scroll with the rest and don't lengthen the page. Padded, so the
    // buttons at the bottom don't cover a focused field.
    <div
      id={WIZARD_SCROLLER_ID}
      className="relative min-h-0 flex-1 scroll-pt-4 scroll-pb-20 overflow-auto print:overflow-visible"
    >
      <div className="mx-auto flex min-h-full w-full max-w-[78rem] flex-col px-4 sm:px-6">
        <header className="flex min-h-15 items-center justify-between gap-3 pt-4 pb-3">
          <h1 className="font-semibold text-xl tracking-tight">Register a plane</h1>
          <StartOver />
        </header>
        <WizardProgress />
        <div className="mt-4 grid gap-2 empty:hidden">
          <ReadOnlyNote />
          {missingKind === null ? null : <KindMissingNote plural={missingKind} />}
          <SiblingNote sibling={sibling} />
          <RestoredNote />
          <OfferedKindNote />
          <OtherDraftsNote />
          <LeftoverSecrets readOnly={readOnly} className="rounded-lg" />
        </div>
        <div className="mt-5 grid flex-1 grid-cols-[minmax(0,1fr)] items-start max-lg:content-start gap-x-10 lg:grid-cols-[minmax(0,42rem)_minmax(0,1fr)]">
          {reading && step !== 'kind' ? <StepSkeleton /> : <StepComponent key={step} />}
          <aside aria-label="YAML preview" className="sticky top-5 pb-5 max-lg:hidden">
            <YamlPreview />
          </aside>
          <NarrowYaml />
        </div>
      </div>
    </div>
  );
}

/** The YAML preview on narrow screens: below the form, and folded. */
function NarrowYaml() {
  const [open, setOpen] = useState(false);
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group mt-2 mb-6 rounded-xl border border-line bg-surface lg:hidden"
    >
      <DisclosureSummary className="font-medium">YAML preview</DisclosureSummary>
      {open ? <YamlPreview bare /> : null}
    </details>
  );
}

/** Discards the draft after a confirmation. */
function StartOver() {
  const { draft, startOver } = useWizard();
  const [isOpen, setOpen] = useState(false);
  if (!draft) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <RotateCcw size={14} aria-hidden="true" /> Start over
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)} title="Discard this draft?">
        <p className="text-pretty text-muted">
          You lose everything you entered{draft.name === '' ? '' : ` for "${draft.name}"`}. The cluster
          doesn't change.
        </p>
        <div className="mt-5 flex justify-end gap-2">
          <Button variant="outline" onClick={() => setOpen(false)}>
            Keep draft
          </Button>
          <Button
            variant="primary"
            onClick={() => {
              setOpen(false);
              startOver();
            }}
          >
            Discard draft
          </Button>
        </div>
      </Dialog>
    </>
  );
}

/** A placeholder until the draft is read. */
function StepSkeleton() {
  return (
    <div role="status" className="mx-auto w-full max-w-2xl px-4 py-8 sm:px-6">
      <span className="sr-only">Loading draft…</span>
      <div aria-hidden="true" className="shimmer grid gap-3">
        <div className="h-6 w-48 rounded bg-pressed" />
        <div className="h-4 w-80 max-w-full rounded bg-pressed" />
        <div className="mt-4 h-20 rounded-lg bg-pressed" />
        <div className="h-20 rounded-lg bg-pressed" />
        <div className="h-20 rounded-lg bg-pressed" />
      </div>
    </div>
  );
}
