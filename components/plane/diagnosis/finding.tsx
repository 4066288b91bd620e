'use client';

import { clsx } from 'clsx';
import { ChevronRight, CircleAlert, Info, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { type PlaneAction, usePlaneActions } from '@/components/plane/plane-actions-context';
import { Button, ButtonLink } from '@/components/ui/button';
import { CommandBlock } from '@/components/ui/command-block';
import type { DiagnosisFinding, Remedy } from '@/lib/plane/diagnosis/diagnosis-finding';

const SEVERITIES = {
  error: { Icon: CircleAlert, tone: 'text-disconnected', label: 'Error: ' },
  warning: { Icon: TriangleAlert, tone: 'text-degraded', label: 'Warning: ' },
  note: { Icon: Info, tone: 'text-muted', label: 'Note: ' },
} as const;

/**
 * A finding: the fact, its consequence, its source and its remedies, which are expanded if `open` is set.
 * `commandFields` are above the remedies, whose commands they fill in.
 */
export function Finding({
  finding,
  open,
  commandFields,
}: {
  readonly finding: DiagnosisFinding;
  readonly open: boolean;
  readonly commandFields: ReactNode;
}) {
  const { severity, title, known, evidence, consequence, remedies, code } = finding;
  const { Icon, tone, label } = SEVERITIES[severity];
  return (
    <li
      data-finding={code}
      className="flex min-w-0 gap-2.5 not-first:border-line not-first:border-t not-first:pt-4"
    >
      <Icon size={16} aria-hidden="true" className={clsx('mt-0.5 shrink-0', tone)} />
      <div className="min-w-0 flex-1">
        <h3 className="font-semibold">
          <span className="sr-only">{label}</span>
          {title}
        </h3>
        <p className="mt-0.5 text-pretty [overflow-wrap:anywhere]">{known}</p>
        <p className="mt-1.5 text-pretty [overflow-wrap:anywhere]">{consequence}</p>
        <p className="mt-1.5 text-pretty text-muted text-xs [overflow-wrap:anywhere]">
          <span className="font-medium">Source: </span>
          {evidence}
        </p>
        {commandFields}
        {remedies.length === 0 ? null : (
          <details open={open} className="group mt-2">
            <summary className="inline-flex list-none items-center gap-1 font-medium text-accent [&::-webkit-details-marker]:hidden">
              <ChevronRight
                size={13}
                aria-hidden="true"
                className="transition-transform group-open:rotate-90"
              />
              What to do
            </summary>
            <RemedyList remedies={remedies} />
          </details>
        )}
      </div>
    </li>
  );
}

/** The steps of a finding, in order. */
export function RemedyList({ remedies }: { readonly remedies: readonly Remedy[] }) {
  return (
    <ol className="mt-2 grid gap-3">
      {remedies.map((remedy) => (
        <RemedyItem key={`${remedy.text} ${remedy.command ?? ''}`} remedy={remedy} />
      ))}
    </ol>
  );
}

function RemedyItem({ remedy: { text, command, action } }: { readonly remedy: Remedy }) {
  const actions = usePlaneActions();
  const offered = action === undefined ? undefined : actions[action];
  return (
    <li className="min-w-0 border-line-strong border-l-2 pl-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <p className="min-w-0 flex-1 basis-64 text-pretty [overflow-wrap:anywhere]">{text}</p>
        {offered ? <ActionButton action={offered} /> : null}
      </div>
      {command === undefined ? null : <CommandBlock command={command} label={text} wrap />}
    </li>
  );
}

function ActionButton({ action }: { readonly action: PlaneAction }) {
  if ('href' in action) {
    return (
      <ButtonLink href={action.href} variant="outline">
        {action.label}
      </ButtonLink>
    );
  }
  return (
    <Button variant="outline" onClick={action.run} disabled={action.busy}>
      {action.busy ? <LoaderCircle size={14} aria-hidden="true" className="animate-spin" /> : null}
      {action.label}
    </Button>
  );
}
