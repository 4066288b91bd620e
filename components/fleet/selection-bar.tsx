'use client';

import { CircleCheck, Download, LoaderCircle, RefreshCw, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { IconLine } from '@/components/ui/notice';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { tickNowMs } from '@/lib/client/feed/tick';
import { downloadText } from '@/lib/client/text-export';
import { planeKey } from '@/lib/plane/model/plane-path';
import { formatCount, joinList, planeCountText } from '@/lib/plane/model/text';
import { exportYaml, failuresByReason, type Outcome, refreshStatuses } from './bulk-actions';

type Task = 'refresh' | 'export';
type State =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly task: Task; readonly finished: number; readonly of: number }
  | { readonly phase: 'done'; readonly task: Task; readonly outcomes: readonly Outcome<FleetRow>[] };

/** More than these are counted, not named. */
const MAX_NAMED = 5;
const DONE: Record<Task, string> = { refresh: 'Asked', export: 'Exported' };

/**
 * What can be done with the planes that are chosen in the list, and how it went.
 *
 * @param hidden how many of them the list does not show now
 */
export function SelectionBar({
  rows,
  hidden,
  readOnly,
  onClear,
}: {
  readonly rows: readonly FleetRow[];
  readonly hidden: number;
  readonly readOnly: boolean;
  readonly onClear: () => void;
}) {
  const [state, setState] = useState<State>({ phase: 'idle' });
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const isRunning = state.phase === 'running';

  const run = async (task: Task) => {
    const controller = new AbortController();
    abort.current = controller;
    const progress = (finished: number) => {
      if (!controller.signal.aborted) setState({ phase: 'running', task, finished, of: rows.length });
    };
    progress(0);
    if (task === 'refresh') {
      const outcomes = await refreshStatuses(rows, progress);
      if (!controller.signal.aborted) setState({ phase: 'done', task, outcomes });
      return;
    }
    const { yaml, outcomes } = await exportYaml(rows, progress, controller.signal);
    if (controller.signal.aborted) return;
    if (outcomes.some((outcome) => outcome.state === 'done')) {
      const day = new Date(tickNowMs()).toISOString().slice(0, 10);
      downloadText(yaml, `planes-${day}.yaml`, 'application/yaml');
    }
    setState({ phase: 'done', task, outcomes });
  };

  return (
    <section
      aria-label="Selected planes"
      className="absolute inset-x-4 bottom-4 z-20 mx-auto w-fit max-w-[calc(100%-2rem)] rounded-xl border border-line-strong bg-raised px-3 py-2 shadow-raised"
    >
      <div className="flex flex-wrap items-center gap-2">
        <span role="status" className="tabular px-1 font-medium">
          {formatCount(rows.length)} selected
          {hidden === 0 ? null : (
            <span className="font-normal text-muted">, {formatCount(hidden)} of them not shown</span>
          )}
        </span>
        {readOnly ? null : (
          <Button variant="outline" disabled={isRunning} onClick={() => void run('refresh')}>
            <RefreshCw size={14} aria-hidden="true" /> Ask again
          </Button>
        )}
        <Button variant="outline" disabled={isRunning} onClick={() => void run('export')}>
          <Download size={14} aria-hidden="true" /> Export as YAML
        </Button>
        <Button icon aria-label="Clear the selection" title="Clear the selection (Esc)" onClick={onClear}>
          <X size={15} aria-hidden="true" />
        </Button>
      </div>
      <div
        role="status"
        className="not-empty:mt-1.5 not-empty:border-line not-empty:border-t not-empty:pt-1.5"
      >
        {state.phase === 'running' ? (
          <p className="tabular flex items-center gap-2 text-muted">
            <LoaderCircle size={14} aria-hidden="true" className="animate-spin" />
            {state.task === 'refresh' ? 'Asking' : 'Reading'} … {formatCount(state.finished)} of{' '}
            {formatCount(state.of)}
          </p>
        ) : state.phase === 'done' ? (
          <Result task={state.task} outcomes={state.outcomes} />
        ) : null}
      </div>
    </section>
  );
}

function Result({
  task,
  outcomes,
}: {
  readonly task: Task;
  readonly outcomes: readonly Outcome<FleetRow>[];
}) {
  const done = outcomes.filter(({ state }) => state === 'done').length;
  const failures = failuresByReason(outcomes);
  return (
    <div className="grid max-w-prose gap-1">
      {done === 0 ? null : (
        <p className="flex items-start gap-2">
          <CircleCheck size={14} aria-hidden="true" className="mt-0.5 shrink-0 text-healthy" />
          <span className="text-pretty">
            {DONE[task]} {planeCountText(done)}
            {task === 'refresh'
              ? ': what their controllers find shows in the list as it comes.'
              : ', without secrets.'}
          </span>
        </p>
      )}
      {failures.map(({ problem, items }) => (
        <IconLine key={problem} tone="error">
          {planeCountText(items.length)} failed ({joinList(named(items))}): {problem}
        </IconLine>
      ))}
    </div>
  );
}

function named(rows: readonly FleetRow[]): string[] {
  const names = rows.slice(0, MAX_NAMED).map(({ plane }) => planeKey(plane));
  return rows.length > MAX_NAMED ? [...names, `${formatCount(rows.length - MAX_NAMED)} more`] : names;
}
