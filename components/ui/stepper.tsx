'use client';

import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import type { MouseEvent } from 'react';

export interface StepperStep<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** The step's address; null if it can't be opened from here. */
  readonly href: string | null;
  /** The state of a visited step; `todo` if it hasn't been visited. */
  readonly state: 'todo' | 'done' | 'errors';
  /** The errors in words if `state` is `errors`: `2 fields need attention`. */
  readonly errors?: string;
}

/**
 * The progress through several steps. Each step is a link, so steps can be opened in any order and shared. A plain
 * click stays on the page and calls `onOpen`.
 */
export function Stepper<Id extends string>({
  label,
  steps,
  current,
  onOpen,
}: {
  readonly label: string;
  readonly steps: readonly StepperStep<Id>[];
  readonly current: Id;
  readonly onOpen: (id: Id) => void;
}) {
  const at = steps.findIndex((step) => step.id === current);
  return (
    <nav aria-label={label}>
      <p aria-hidden="true" className="tabular mb-1.5 text-muted text-xs sm:hidden">
        Step {at + 1} of {steps.length} · <span className="font-medium text-ink">{steps[at]?.label}</span>
      </p>
      <ol className="flex gap-1.5 sm:gap-2">
        {steps.map((step, index) => (
          <li key={step.id} className="min-w-0 flex-1">
            <StepItem
              step={step}
              number={index + 1}
              isCurrent={step.id === current}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
                event.preventDefault();
                onOpen(step.id);
              }}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepItem<Id extends string>({
  step,
  number,
  isCurrent,
  onClick,
}: {
  readonly step: StepperStep<Id>;
  readonly number: number;
  readonly isCurrent: boolean;
  readonly onClick: (event: MouseEvent) => void;
}) {
  const { state, href, label } = step;
  const content = (
    <>
      <span
        aria-hidden="true"
        className={clsx(
          'mb-1.5 block h-1 rounded-full',
          isCurrent
            ? 'bg-accent'
            : state === 'errors'
              ? 'bg-disconnected'
              : state === 'done'
                ? 'bg-healthy'
                : 'bg-line-strong',
        )}
      />
      <span className="flex items-center gap-1.5 max-sm:sr-only">
        <StepMark state={state} number={number} />
        <span className={clsx('truncate', isCurrent ? 'font-semibold text-ink' : 'text-muted')}>{label}</span>
      </span>
      <span className="sr-only">
        {state === 'errors' ? `, ${step.errors ?? 'needs attention'}` : state === 'done' ? ', complete' : ''}
      </span>
    </>
  );
  if (href === null) return <span className="block py-1">{content}</span>;
  return (
    <a
      href={href}
      aria-current={isCurrent ? 'step' : undefined}
      onClick={onClick}
      className="block rounded-md py-1 hover:[&_span]:text-ink"
    >
      {content}
    </a>
  );
}

function StepMark({
  state,
  number,
}: {
  readonly state: StepperStep<string>['state'];
  readonly number: number;
}) {
  if (state === 'done') {
    return <Check size={14} strokeWidth={3} aria-hidden="true" className="shrink-0 text-healthy" />;
  }
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'tabular flex size-4 shrink-0 items-center justify-center rounded-full text-2xs leading-none',
        state === 'errors'
          ? 'bg-disconnected font-bold text-surface'
          : 'border border-line-strong text-muted',
      )}
    >
      {state === 'errors' ? '!' : number}
    </span>
  );
}
