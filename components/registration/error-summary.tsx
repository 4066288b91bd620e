'use client';

import { CircleAlert } from 'lucide-react';
import { type DraftProblem, stepOfPath } from '@/lib/plane/registration/draft';
import { attentionText, problemLabel } from '@/lib/plane/registration/problem-label';
import { useWizard } from './wizard-context';

/** The errors that block the step, each with a link to its field. */
export function ErrorSummary({ errors }: { readonly errors: readonly DraftProblem[] }) {
  const { step, kind, goTo } = useWizard();
  return (
    <div
      data-error-summary=""
      className="flex items-start gap-2.5 rounded-lg border border-disconnected/35 bg-error-soft px-3 py-2.5"
    >
      <CircleAlert size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-disconnected" />
      <div className="min-w-0">
        <p className="font-semibold">{attentionText(errors)}</p>
        <ul className="mt-1 grid gap-1">
          {errors.map((error) => (
            <li key={`${error.path.join('.')} ${error.message}`} className="[overflow-wrap:anywhere]">
              <button
                type="button"
                className="text-left underline decoration-line-strong underline-offset-2 hover:decoration-current"
                onClick={() => goTo(kind ? stepOfPath(error.path, kind) : step, error.path)}
              >
                {problemLabel(error.path)}
              </button>
              : {error.message}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Focuses the first link of the error summary. */
export function focusErrorSummary(within: HTMLElement): void {
  within.querySelector<HTMLElement>('[data-error-summary] button')?.focus();
}
