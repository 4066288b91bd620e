'use client';

import { ArrowRight, LoaderCircle } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { draftStore } from '@/components/registration/draft-store';
import { ErrorSummary, focusErrorSummary } from '@/components/registration/error-summary';
import { useWizard } from '@/components/registration/wizard-context';
import { Button } from '@/components/ui/button';
import { focusField, focusFirstInvalid } from '@/components/ui/focus-field';
import { Announcer } from '@/components/ui/notice';
import { pathKey } from '@/lib/plane/json/json-path';
import type { DraftProblem } from '@/lib/plane/registration/draft';
import { attentionText } from '@/lib/plane/registration/problem-label';
import { STEPS, type Step } from '@/lib/plane/registration/register-url';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { stepLabels } from './step-labels';

export const STEP_HEADING_ID = 'step-heading';

/** The action of the last step. */
interface LastAction {
  readonly label: string;
  readonly busy: boolean;
  /** The errors of all steps that prevent the action. */
  readonly errors: readonly DraftProblem[];
  readonly run: () => void;
}

/**
 * One step: its heading, its fields, and Continue. Continue is always enabled: it says what is missing and goes
 * there, which a disabled button can't.
 */
export function StepFrame({
  children,
  missing,
  last,
  hint,
}: {
  readonly children: ReactNode;
  /** A hint after the step's sentence. */
  readonly hint?: string | undefined;
  /** What is missing apart from the draft's fields, or null. */
  readonly missing?: string | null;
  /** The action that replaces Continue on the last step; null if there's none. */
  readonly last?: LastAction | null;
}) {
  const { step, goTo, errorsOf, inspections, kind } = useWizard();
  const labels = stepLabels(step, kind);
  const form = useRef<HTMLFormElement>(null);
  const [isSubmitted, setSubmitted] = useState(false);
  const [rejection, setRejection] = useState('');
  const errors = last?.errors ?? errorsOf(step);
  const checking = Object.values(inspections.bySlot).some((item) => item?.state === 'checking');
  const next = STEPS[STEPS.indexOf(step) + 1];
  const previous = STEPS[STEPS.indexOf(step) - 1];

  const isBusy = (isSubmitted && checking) || last?.busy === true;
  const label =
    last?.label ?? (isSubmitted && checking ? 'Checking…' : next ? continueLabel(kind, next) : '');

  useEffect(() => {
    // The problems of a certificate are only known after its inspection.
    if (!isSubmitted || checking || !form.current) return;
    setSubmitted(false);
    const count = errors.length + (missing ? 1 : 0);
    if (count === 0) {
      setRejection('');
      if (next) goTo(next);
      else last?.run();
      return;
    }
    setRejection(missing ?? `${attentionText(errors)}.`);
    const first = errors[0];
    const isFocused = focusFirstInvalid(form.current) || (first && focusField(pathKey(first.path)));
    if (!isFocused) focusErrorSummary(form.current);
  }, [isSubmitted, checking, errors, missing, next, last, goTo]);

  return (
    <form
      ref={form}
      noValidate
      aria-labelledby={STEP_HEADING_ID}
      onSubmit={(event) => {
        event.preventDefault();
        if (last?.busy) return;
        draftStore.visit(step, true);
        draftStore.clearAdded();
        setSubmitted(true);
      }}
      onBlur={(event) => {
        const field = (event.target as HTMLElement).closest<HTMLElement>('[data-field]');
        const staysWithin = field?.contains(event.relatedTarget as Node | null);
        if (field?.dataset.field && !staysWithin && !isPressed(form.current)) {
          draftStore.leaveField(field.dataset.field);
        }
      }}
      className="min-w-0"
    >
      <h2
        id={STEP_HEADING_ID}
        tabIndex={-1}
        className="font-semibold text-lg tracking-tight focus-visible:outline-none"
      >
        {labels.heading}
      </h2>
      <p className="mt-0.5 text-pretty text-muted">
        {labels.sentence}
        {hint ? ` ${hint}` : null}
      </p>
      {next && rejection !== '' && errors.length > 0 ? (
        <div className="mt-4">
          <ErrorSummary errors={errors} />
        </div>
      ) : null}
      <div className="mt-5 grid gap-6">{children}</div>
      <div className="sticky bottom-0 z-10 mt-8 flex items-center justify-between gap-2 border-line border-t bg-canvas py-3">
        {previous ? (
          <Button variant="outline" className="h-9" onClick={() => goTo(previous)}>
            Back
          </Button>
        ) : (
          <span />
        )}
        {next || last ? (
          <Button type="submit" variant="primary" className="h-9 px-4" aria-busy={isBusy || undefined}>
            {isBusy ? <LoaderCircle size={15} aria-hidden="true" className="animate-spin" /> : null}
            {label}
            {next && !isBusy ? <ArrowRight size={15} aria-hidden="true" /> : null}
          </Button>
        ) : null}
      </div>
      <Announcer text={rejection} />
    </form>
  );
}

function continueLabel(kind: InstalledKind | undefined, next: Step): string {
  return kind ? `Continue to ${stepLabels(next, kind).title.toLowerCase()}` : 'Continue';
}

/**
 * Whether a button is pressed. Errors that appear then would push it from under the pointer, and the press would be
 * lost.
 */
function isPressed(form: HTMLElement | null): boolean {
  return form?.querySelector('button:active, a:active') != null;
}
