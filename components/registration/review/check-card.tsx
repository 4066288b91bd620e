'use client';

import { CircleCheck, CircleHelp, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { fieldKey } from '@/components/fields/field-key';
import { problemLabel } from '@/components/fields/problem-label';
import { ErrorSummary } from '@/components/registration/error-summary';
import type { DryRun } from '@/components/registration/use-dry-run';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import { Button } from '@/components/ui/button';
import type { RegistrationAnswer } from '@/lib/api/registration';
import { asSentence } from '@/lib/plane/model/as-sentence';
import { joinList } from '@/lib/plane/model/sentence';
import type { DraftProblem } from '@/lib/plane/registration/draft';
import { stepOfPath } from '@/lib/plane/registration/steps';
import { SecretOffer } from './secret-offer';

const ICON_PX = 15;

/** Whether what is written below can be written: what this page knows itself, and what the API server says. */
export function CheckCard({
  dryRun,
  ownErrors,
  onAgain,
}: {
  readonly dryRun: DryRun;
  /** Those that are known without asking; while there are any, the API server is not asked. */
  readonly ownErrors: readonly DraftProblem[];
  readonly onAgain: () => void;
}) {
  const { problems, readOnly } = useDraftedWizard();
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = unique([
    ...problems.filter(({ severity }) => severity === 'warning'),
    ...(dryRun.state === 'fine' ? dryRun.answer.warnings : []),
  ]);
  return (
    <div className="grid gap-2">
      <div role="status">
        {errors.length > 0 ? (
          <ErrorSummary errors={errors} />
        ) : (
          <Verdict dryRun={dryRun} readOnly={readOnly} onAgain={onAgain} />
        )}
      </div>
      {dryRun.state === 'refused' && ownErrors.length === 0 ? <SecretOffer problem={dryRun.problem} /> : null}
      {warnings.length > 0 ? <Warnings warnings={warnings} /> : null}
    </div>
  );
}

function Verdict({
  dryRun,
  readOnly,
  onAgain,
}: {
  readonly dryRun: DryRun;
  readonly readOnly: boolean;
  readonly onAgain: () => void;
}) {
  switch (dryRun.state) {
    case 'fine':
      return (
        <Box
          tone="border-healthy/35 bg-healthy-soft"
          icon={<CircleCheck size={ICON_PX} aria-hidden="true" className="text-healthy" />}
        >
          <strong className="font-semibold">The API server accepts all of it.</strong>{' '}
          {outcomeWords(dryRun.answer)}
        </Box>
      );
    case 'failed':
      return (
        <Box
          tone="border-line bg-neutral-soft"
          icon={<CircleHelp size={ICON_PX} aria-hidden="true" className="text-unknown" />}
        >
          <strong className="font-semibold">The API server could not be asked.</strong>{' '}
          {asSentence(dryRun.reason)} Your draft is safe here.{' '}
          <Button variant="outline" className="mt-2 flex" onClick={onAgain}>
            Check again
          </Button>
        </Box>
      );
    default:
      return readOnly ? (
        <Box
          tone="border-line bg-neutral-soft"
          icon={<CircleHelp size={ICON_PX} aria-hidden="true" className="text-unknown" />}
        >
          <strong className="font-semibold">Not checked by the API server,</strong> as this dashboard is
          read-only. Planeboard itself finds nothing wrong.
        </Box>
      ) : (
        <Box
          tone="border-line bg-neutral-soft"
          icon={<LoaderCircle size={ICON_PX} aria-hidden="true" className="animate-spin text-muted" />}
        >
          The API server is checking every object…
        </Box>
      );
  }
}

/** What a dry run says will happen, in sentences; of a retry, also what an earlier attempt has written. */
function outcomeWords({ objects }: RegistrationAnswer): string {
  const named = (wanted: string) =>
    objects
      .filter(({ outcome }) => outcome === wanted)
      .map(({ kind, namespace, name }) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`);
  const coming = named('would-create');
  const there = named('adopted');
  return [
    coming.length > 0 ? `It will create ${joinList(coming)}.` : '',
    there.length > 0
      ? `An earlier attempt of this registration has written ${joinList(there)}.`
      : 'Nothing has been written yet.',
  ].join(' ');
}

function Box({
  tone,
  icon,
  children,
}: {
  readonly tone: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={`flex items-start gap-2.5 rounded-lg border px-3 py-2.5 ${tone}`}>
      <span className="mt-0.5 shrink-0">{icon}</span>
      <div className="min-w-0 text-pretty [overflow-wrap:anywhere]">{children}</div>
    </div>
  );
}

type Warning = Pick<DraftProblem, 'path' | 'message'>;

/** The server finds much of what this page found as well. */
function unique(warnings: readonly Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [warningKey(warning), warning])).values()];
}

function warningKey({ path, message }: Warning): string {
  return `${fieldKey(path)} ${message}`;
}

function Warnings({ warnings }: { readonly warnings: readonly Warning[] }) {
  const { kind, goTo } = useDraftedWizard();
  return (
    <Box
      tone="border-degraded/35 bg-warning-soft"
      icon={<TriangleAlert size={ICON_PX} aria-hidden="true" className="text-degraded" />}
    >
      <p className="font-semibold">Worth knowing; the plane can be registered all the same</p>
      <ul className="mt-1 grid gap-1">
        {warnings.map(({ path, message }) => (
          <li key={warningKey({ path, message })}>
            {path.length === 0 ? null : (
              <>
                <button
                  type="button"
                  className="text-left underline decoration-line-strong underline-offset-2 hover:decoration-current"
                  onClick={() => goTo(stepOfPath(path, kind), path)}
                >
                  {problemLabel(path)}
                </button>
                {': '}
              </>
            )}
            {message}
          </li>
        ))}
      </ul>
    </Box>
  );
}
