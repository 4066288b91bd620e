'use client';

import { CircleCheck, CircleHelp, LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { TakenSecret } from '@/components/fields/taken-secret';
import { draftStore } from '@/components/registration/draft-store';
import { ErrorSummary } from '@/components/registration/error-summary';
import { useDraftedWizard } from '@/components/registration/wizard-context';
import { Button } from '@/components/ui/button';
import type { Problem } from '@/lib/api/problem';
import type { RegistrationAnswer } from '@/lib/api/registration';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { pathKey } from '@/lib/plane/json/json-path';
import { asSentence, joinList } from '@/lib/plane/model/text';
import { type DraftProblem, stepOfPath } from '@/lib/plane/registration/draft';
import { withCredential } from '@/lib/plane/registration/draft-changes';
import { problemLabel } from '@/lib/plane/registration/problem-label';
import { NotStoredNotices } from './not-stored-notices';
import type { DryRun } from './use-registration';

const ICON_PX = 15;

/** Whether the draft can be created, according to this page's own checks and the API server's dry run. */
export function CheckCard({
  dryRun,
  ownErrors,
  onRerun,
}: {
  readonly dryRun: DryRun;
  /** Errors that this page finds itself; while there are any, no dry run is sent. */
  readonly ownErrors: readonly DraftProblem[];
  readonly onRerun: () => void;
}) {
  const { problems, readOnly } = useDraftedWizard();
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = unique([
    ...problems.filter(({ severity }) => severity === 'warning'),
    ...(dryRun.state === 'passed' ? dryRun.answer.warnings : []),
  ]);
  return (
    <div className="grid gap-2">
      <div role="status">
        {errors.length > 0 ? (
          <ErrorSummary errors={errors} />
        ) : (
          <Verdict dryRun={dryRun} readOnly={readOnly} onRerun={onRerun} />
        )}
      </div>
      {dryRun.state === 'rejected' && ownErrors.length === 0 ? (
        <TakenSecretOffer problem={dryRun.problem} />
      ) : null}
      {dryRun.state === 'passed' && errors.length === 0 ? (
        <NotStoredNotices objects={dryRun.answer.objects} isDryRun />
      ) : null}
      {warnings.length > 0 ? (
        <Warnings warnings={warnings} canRegister={errors.length === 0 && dryRun.state === 'passed'} />
      ) : null}
    </div>
  );
}

function Verdict({
  dryRun,
  readOnly,
  onRerun,
}: {
  readonly dryRun: DryRun;
  readonly readOnly: boolean;
  readonly onRerun: () => void;
}) {
  switch (dryRun.state) {
    case 'passed':
      return (
        <Box
          tone="border-healthy/35 bg-healthy-soft"
          icon={<CircleCheck size={ICON_PX} aria-hidden="true" className="text-healthy" />}
        >
          <strong className="font-semibold">Dry run passed.</strong> {outcomeText(dryRun.answer)}
        </Box>
      );
    case 'failed':
      return (
        <Box
          tone="border-line bg-neutral-soft"
          icon={<CircleHelp size={ICON_PX} aria-hidden="true" className="text-unknown" />}
        >
          <strong className="font-semibold">Dry run not completed.</strong> {asSentence(dryRun.reason)} Your
          draft is kept.{' '}
          <Button variant="outline" className="mt-2 flex" onClick={onRerun}>
            Repeat dry run
          </Button>
        </Box>
      );
    default:
      return readOnly ? (
        <Box
          tone="border-line bg-neutral-soft"
          icon={<CircleHelp size={ICON_PX} aria-hidden="true" className="text-unknown" />}
        >
          <strong className="font-semibold">Not checked by the API server:</strong> Planeboard is read-only.
          Its own checks found no problems.
        </Box>
      ) : (
        <Box
          tone="border-line bg-neutral-soft"
          icon={<LoaderCircle size={ICON_PX} aria-hidden="true" className="animate-spin text-muted" />}
        >
          Checking with the API server…
        </Box>
      );
  }
}

/** Describes what a dry run says will happen and, for a retry, what an earlier attempt has created. */
function outcomeText({ objects }: RegistrationAnswer): string {
  const named = (wanted: string) =>
    objects
      .filter(({ outcome }) => outcome === wanted)
      .map(({ kind, namespace, name }) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`);
  const created = named('would-create');
  const adopted = named('adopted');
  return [
    created.length > 0 ? `Registering creates ${joinList(created)}.` : '',
    adopted.length > 0
      ? `An earlier attempt already created ${joinList(adopted)}.`
      : 'Nothing has been created yet.',
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

/** Removes duplicates: the server repeats many of this page's warnings. */
function unique(warnings: readonly Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [warningKey(warning), warning])).values()];
}

function warningKey({ path, message }: Warning): string {
  return `${pathKey(path)} ${message}`;
}

function Warnings({
  warnings,
  canRegister,
}: {
  readonly warnings: readonly Warning[];
  /** Whether nothing but these warnings is known against the draft. */
  readonly canRegister: boolean;
}) {
  const { kind, goTo } = useDraftedWizard();
  return (
    <Box
      tone="border-degraded/35 bg-warning-soft"
      icon={<TriangleAlert size={ICON_PX} aria-hidden="true" className="text-degraded" />}
    >
      <p className="font-semibold">{canRegister ? 'Warnings (you can still register)' : 'Warnings'}</p>
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

/** The ways out when the API server reports that the name of a new Secret is taken. */
function TakenSecretOffer({ problem }: { readonly problem: Problem }) {
  const { draft, kind, inspections } = useDraftedWizard();
  if (problem.code !== 'already-exists') return null;
  const [slotId] = (problem.errors ?? []).flatMap(({ path: [part, id, field] }) =>
    part === 'credentials' && field === 'name' ? [String(id)] : [],
  );
  const slot = credentialSlots(kind).find(({ id }) => id === slotId);
  const credential = slot && draft.credentials[slot.id];
  return slot && credential ? (
    <TakenSecret
      slot={slot}
      credential={credential}
      credentials={draft.credentials}
      namespace={draft.namespace}
      registration={draft.id}
      entered={inspections.answers[slot.id]}
      isCertain
      onCredentialChange={(id, changed) => draftStore.change((before) => withCredential(before, id, changed))}
    />
  ) : null;
}
