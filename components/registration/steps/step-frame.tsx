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
import { type DraftProblem, STEPS, type Step } from '@/lib/plane/registration/draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { stepLabels } from './step-labels';

export const STEP_HEADING_ID = 'step-heading';

/** What the last step ends with. */
interface LastAction {
  readonly label: string;
  readonly busy: boolean;
  /** What keeps it from being done, of whichever step. */
  readonly errors: readonly DraftProblem[];
  readonly run: () => void;
}

/**
 * One step: its heading, its fields, and the way on. Continue can always be pressed: it says what is missing and goes
 * there, which a button that is greyed out does not.
 */
export function StepFrame({
  children,
  missing,
  last,
  hint,
}: {
  readonly children: ReactNode;
  /** What else is to be said of the step, behind its sentence. */
  readonly hint?: string | undefined;
  /** What the step lacks that is no field of the draft; null: nothing. */
  readonly missing?: string | null;
  /** Of the last step: what takes the place of going on; null: nothing does. */
  readonly last?: LastAction | null;
}) {
  const { step, goTo, errorsOf, inspections, kind } = useWizard();
  const words = stepLabels(step, kind);
  const form = useRef<HTMLFormElement>(null);
  const [wanted, setWanted] = useState(false);
  const [refused, setRefused] = useState('');
  const errors = last?.errors ?? errorsOf(step);
  const checking = Object.values(inspections.bySlot).some((item) => item?.state === 'checking');
  const next = STEPS[STEPS.indexOf(step) + 1];
  const previous = STEPS[STEPS.indexOf(step) - 1];

  const isBusy = (wanted && checking) || last?.busy === true;
  const label = last?.label ?? (wanted && checking ? 'Checking…' : next ? continueWords(kind, next) : '');

  useEffect(() => {
    // What is wrong with a certificate is only known once it was looked at.
    if (!wanted || checking || !form.current) return;
    setWanted(false);
    const count = errors.length + (missing ? 1 : 0);
    if (count === 0) {
      setRefused('');
      if (next) goTo(next);
      else last?.run();
      return;
    }
    setRefused(missing ?? `${count === 1 ? 'One thing' : `${count} things`} to fix before you can go on.`);
    const first = errors[0];
    const isFocused = focusFirstInvalid(form.current) || (first && focusField(pathKey(first.path)));
    if (!isFocused) focusErrorSummary(form.current);
  }, [wanted, checking, errors, missing, next, last, goTo]);

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
        setWanted(true);
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
        {words.heading}
      </h2>
      <p className="mt-0.5 text-pretty text-muted">
        {words.sentence}
        {hint ? ` ${hint}` : null}
      </p>
      {next && refused !== '' && errors.length > 0 ? (
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
      <Announcer text={refused} />
    </form>
  );
}

function continueWords(kind: InstalledKind | undefined, next: Step): string {
  return kind ? `Continue to ${stepLabels(next, kind).title.toLowerCase()}` : 'Continue';
}

/** While a button is pressed, errors that appear would push it away from under the pointer, and the press would be lost. */
function isPressed(form: HTMLElement | null): boolean {
  return form?.querySelector('button:active, a:active') != null;
}
