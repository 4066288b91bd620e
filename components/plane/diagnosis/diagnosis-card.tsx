'use client';

import { ChevronRight, CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { CommandContexts } from '@/components/plane/command-contexts';
import { usePlanePage } from '@/components/plane/plane-page-context';
import type { LoadedRelatedResources } from '@/components/plane/related/use-related-resources';
import { Card } from '@/components/ui/card';
import { Age } from '@/components/ui/time';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { unseenParts } from '@/lib/plane/diagnosis/checked-facts';
import type { DiagnosisFinding, Remedy } from '@/lib/plane/diagnosis/diagnosis-finding';
import { separateLastSteps } from '@/lib/plane/diagnosis/remedy-order';
import type { ShownEntry } from '@/lib/plane/history/connection-change';
import { Finding, RemedyList } from './finding';
import { NoKnownProblems } from './no-known-problems';
import { useDiagnosis } from './use-diagnosis';

/** Explains the plane's health: every finding, worst first, with its remedies. */
export function DiagnosisCard({
  row,
  related,
  changes,
}: {
  readonly row: FleetRow;
  readonly related: LoadedRelatedResources;
  /** The plane's history, newest first; empty until it is read. */
  readonly changes: readonly ShownEntry[];
}) {
  const findings = useDiagnosis(row, related, changes, usePlanePage());
  return (
    <Card title="Diagnosis">
      {findings === null ? (
        <FirstReasons row={row} />
      ) : (
        <Findings findings={findings} row={row} related={related} />
      )}
      <CheckedNote related={related} />
    </Card>
  );
}

function Findings({
  findings,
  row,
  related,
}: {
  readonly findings: readonly DiagnosisFinding[];
  readonly row: FleetRow;
  readonly related: LoadedRelatedResources;
}) {
  const { state, reasons } = row.health;
  // The state of a pending or unmonitored plane comes from a reason that is only a note otherwise.
  const stateCode = state === 'healthy' ? undefined : reasons[0]?.code;
  const isShown = ({ severity, code }: DiagnosisFinding) => severity !== 'note' || code === stateCode;
  const { findings: separated, lastSteps } = separateLastSteps(findings);
  const shown = separated.filter(isShown);
  const notes = separated.filter((finding) => !isShown(finding));
  const firstWithCommands = shown.findIndex((finding) => commandsOf([finding]).length > 0);
  const commandFields = (
    <CommandContexts
      plane={row.plane}
      commands={[...commandsOf(shown), ...lastSteps.flatMap(({ command }) => command ?? [])]}
      className="mt-2.5"
    />
  );
  return (
    <>
      {shown.length === 0 ? (
        <NoKnownProblems row={row} related={related} />
      ) : (
        <ol className="grid gap-4">
          {shown.map((finding, index) => (
            <Finding
              key={keyOf(finding)}
              finding={finding}
              open={index === 0}
              commandFields={index === firstWithCommands ? commandFields : null}
            />
          ))}
        </ol>
      )}
      {firstWithCommands === -1 ? commandFields : null}
      <LastSteps remedies={lastSteps} />
      {notes.length === 0 ? null : (
        <details className="group mt-3">
          <summary className="flex list-none items-center gap-1.5 text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
            <ChevronRight
              size={13}
              aria-hidden="true"
              className="transition-transform group-open:rotate-90"
            />
            {notes.length === 1 ? '1 note' : `${notes.length} notes`}
          </summary>
          <ul className="mt-3 grid gap-4">
            {notes.map((finding) => (
              <Finding key={keyOf(finding)} finding={finding} open={false} commandFields={null} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Steps that interrupt every plane, after everything that doesn't. */
function LastSteps({ remedies }: { readonly remedies: readonly Remedy[] }) {
  const headingId = useId();
  if (remedies.length === 0) return null;
  return (
    <section aria-labelledby={headingId} className="mt-4 border-line border-t pt-4">
      <h3 id={headingId} className="font-semibold">
        If that doesn't help: steps that affect all planes
      </h3>
      <RemedyList remedies={remedies} />
    </section>
  );
}

function commandsOf(findings: readonly DiagnosisFinding[]): string[] {
  return findings.flatMap(({ remedies }) => remedies.flatMap(({ command }) => command ?? []));
}

/** Includes the title, because a code may occur twice: several conditions can be False. */
function keyOf({ code, title }: DiagnosisFinding): string {
  return `${code} ${title}`;
}

/** Says which related resources were read and when; always names those that weren't. */
function CheckedNote({ related }: { readonly related: LoadedRelatedResources }) {
  return (
    <p className="mt-3 text-pretty border-line border-t pt-2.5 text-muted text-xs [overflow-wrap:anywhere]">
      <CheckedText {...related} />
    </p>
  );
}

function CheckedText({ value, readAt, problem }: LoadedRelatedResources) {
  if (value === null) {
    return problem === null
      ? 'Checking the certificate, the references and the control plane…'
      : `Not checked: the certificate, the references and the control plane couldn't be read. ${problem}`;
  }
  const unseen = unseenParts(value);
  return (
    <>
      Related resources checked with your permissions <Age at={readAt ?? undefined} suffix=" ago" />.
      {unseen.length === 0 ? null : ` Not checked: ${unseen.join('; ')}.`}
      {problem === null ? null : ` The latest check failed: ${problem}`}
    </>
  );
}

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;
const TONES = { error: 'text-disconnected', warning: 'text-degraded', info: 'text-muted' } as const;

/** Shows the reasons for a plane's health until the rest of the fleet is known. */
function FirstReasons({ row: { health } }: { readonly row: FleetRow }) {
  if (health.reasons.length === 0) return <p className="text-muted">Loading the rest of the fleet…</p>;
  return (
    <ul className="grid gap-2.5">
      {health.reasons.map(({ code, severity, message }) => {
        const Icon = ICONS[severity];
        return (
          <li key={`${code} ${message}`} className="flex gap-2.5">
            <Icon size={16} aria-hidden="true" className={`mt-0.5 shrink-0 ${TONES[severity]}`} />
            <span className="min-w-0 text-pretty [overflow-wrap:anywhere]">{message}</span>
          </li>
        );
      })}
    </ul>
  );
}
