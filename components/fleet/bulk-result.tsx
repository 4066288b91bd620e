import { CircleCheck, CircleSlash } from 'lucide-react';
import { IconLine } from '@/components/ui/notice';
import type { Outcome } from '@/lib/client/api/in-parallel';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { planeKey } from '@/lib/plane/model/plane-path';
import { formatCount, joinList, planeCountText } from '@/lib/plane/model/text';
import { type ExportContent, failuresByReason } from './bulk-actions';
import type { BulkTask } from './use-bulk-task';

/** The most planes listed by name; the rest are counted. */
const MAX_NAMED = 5;
/** The most reasons listed, so that the bar doesn't cover the list. */
const MAX_REASONS = 3;
const DONE: Record<BulkTask, string> = { refresh: 'Requested a status refresh for', export: 'Exported' };

/** What a task on several planes did: how many are done, failed (by reason), and weren't started after a stop. */
export function BulkResult({
  task,
  content,
  outcomes,
  withSecrets,
}: {
  readonly task: BulkTask;
  /** What an export contains. */
  readonly content: ExportContent;
  readonly outcomes: readonly Outcome<FleetRow>[];
  /** How many of the exported planes have masked secrets. */
  readonly withSecrets: number;
}) {
  const count = (wanted: Outcome<FleetRow>['state']) =>
    outcomes.filter(({ state }) => state === wanted).length;
  const done = count('done');
  const skipped = count('not-started');
  const isStopped = skipped > 0;
  const failures = failuresByReason(outcomes, ({ plane }) => plane.name);
  const isSaved = task === 'refresh' || !isStopped;
  return (
    <div className="grid max-w-prose gap-1">
      {isStopped ? (
        <p className="flex items-start gap-2">
          <CircleSlash size={14} aria-hidden="true" className="mt-0.5 shrink-0 text-muted" />
          <span className="text-pretty">
            Stopped: {formatCount(done)} done, {formatCount(count('failed'))} failed, {formatCount(skipped)}{' '}
            not started.{isSaved ? '' : ' No file was saved.'}
          </span>
        </p>
      ) : null}
      {done === 0 || !isSaved ? null : (
        <p className="flex items-start gap-2">
          <CircleCheck size={14} aria-hidden="true" className="mt-0.5 shrink-0 text-healthy" />
          <span className="text-pretty">
            {DONE[task]} {planeCountText(done)}
            {task === 'refresh'
              ? '. The list updates as their controllers report.'
              : content === 'stored'
                ? '. Secrets are masked.'
                : '.'}
          </span>
        </p>
      )}
      {isSaved && content === 'manifest' && withSecrets > 0 ? (
        <IconLine tone="warning">{maskedText(withSecrets, done)}</IconLine>
      ) : null}
      {failures.slice(0, MAX_REASONS).map(({ problem, items }) => (
        <IconLine key={problem} tone="error">
          {planeCountText(items.length)} ({joinList(named(items))}): {problem}
        </IconLine>
      ))}
      {failures.length > MAX_REASONS ? (
        <p className="text-muted">
          {formatCount(failures.length - MAX_REASONS)} further{' '}
          {failures.length - MAX_REASONS === 1 ? "reason isn't" : "reasons aren't"} shown.
        </p>
      ) : null}
    </div>
  );
}

function named(rows: readonly FleetRow[]): string[] {
  const names = rows.slice(0, MAX_NAMED).map(({ plane }) => planeKey(plane));
  return rows.length > MAX_NAMED ? [...names, `${formatCount(rows.length - MAX_NAMED)} more`] : names;
}

/** What the person must do before the exported planes can be applied. */
function maskedText(withSecrets: number, exported: number): string {
  if (withSecrets > 1)
    return `${formatCount(withSecrets)} of them can't be applied as they are: their secrets are masked. Replace them first. Comments above them name them.`;
  const which = exported === 1 ? 'It' : '1 of them';
  return `${which} can't be applied as it is: its secrets are masked. Replace them first. A comment above it names them.`;
}
