'use client';

import { useMutation } from '@tanstack/react-query';
import { CircleCheck, Download, LoaderCircle, RefreshCw, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { IconLine } from '@/components/ui/notice';
import { QueryProvider } from '@/lib/client/api/query-provider';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { tickNowMs } from '@/lib/client/feed/tick';
import { downloadText } from '@/lib/client/text-export';
import { planeKey } from '@/lib/plane/model/plane-path';
import { formatCount, joinList, planeCountText } from '@/lib/plane/model/text';
import {
  type ExportContent,
  exportYaml,
  failuresByReason,
  type Outcome,
  refreshStatuses,
} from './bulk-actions';

type Task = 'refresh' | 'export';

/** The most planes listed by name; the rest are counted. */
const MAX_NAMED = 5;
const DONE: Record<Task, string> = { refresh: 'Requested a status refresh for', export: 'Exported' };

interface SelectionProps {
  readonly rows: readonly FleetRow[];
  /** How many of them the list doesn't show. */
  readonly hidden: number;
  readonly readOnly: boolean;
  readonly onClear: () => void;
}

/** The actions for selected planes, and their results. Only this part of the fleet page needs queries. */
export function SelectionBar(props: SelectionProps) {
  return (
    <QueryProvider>
      <Selection {...props} />
    </QueryProvider>
  );
}

/** One task, for the rows that were selected when it started. */
interface Run {
  readonly task: Task;
  /** What an export contains. */
  readonly content: ExportContent;
  readonly rows: readonly FleetRow[];
  readonly signal: AbortSignal;
}

interface RunResult {
  readonly outcomes: readonly Outcome<FleetRow>[];
  /** The exported file; empty for other tasks. */
  readonly yaml: string;
}

/** Runs one task at a time. It ends with the component, which drops unfinished work. */
function useBulkTask(rows: readonly FleetRow[]) {
  const [finished, setFinished] = useState(0);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const { mutate, isPending, variables, data } = useMutation({
    mutationFn: async ({ task, content, rows: chosen, signal }: Run): Promise<RunResult> =>
      task === 'export'
        ? exportYaml(chosen, content, setFinished, signal)
        : { outcomes: await refreshStatuses(chosen, setFinished), yaml: '' },
    onMutate: () => setFinished(0),
  });
  const run = (task: Task, content: ExportContent = 'manifest') => {
    const controller = new AbortController();
    abort.current = controller;
    mutate(
      { task, content, rows, signal: controller.signal },
      { onSuccess: (result) => task === 'export' && download(result) },
    );
  };
  return { run, isPending, finished, started: variables, result: data };
}

function download({ outcomes, yaml }: RunResult): void {
  if (!outcomes.some(({ state }) => state === 'done')) return;
  const day = new Date(tickNowMs()).toISOString().slice(0, 10);
  downloadText(yaml, `planes-${day}.yaml`, 'application/yaml');
}

function Selection({ rows, hidden, readOnly, onClear }: SelectionProps) {
  const { run, isPending, finished, started, result } = useBulkTask(rows);
  return (
    <section
      aria-label="Selected planes"
      className="absolute inset-x-4 bottom-4 z-20 mx-auto w-fit max-w-[calc(100%-2rem)] rounded-xl border border-line-strong bg-raised px-3 py-2 shadow-raised"
    >
      <div className="flex flex-wrap items-center gap-2">
        <span role="status" className="tabular px-1 font-medium">
          {formatCount(rows.length)} selected
          {hidden === 0 ? null : (
            <span className="font-normal text-muted">, {formatCount(hidden)} not shown</span>
          )}
        </span>
        {readOnly ? null : (
          <Button variant="outline" disabled={isPending} onClick={() => run('refresh')}>
            <RefreshCw size={14} aria-hidden="true" /> Refresh status
          </Button>
        )}
        <Menu
          label="Export as YAML"
          button={{
            variant: 'outline',
            disabled: isPending,
            children: (
              <>
                <Download size={14} aria-hidden="true" /> Export as YAML
              </>
            ),
          }}
        >
          <MenuItem onSelect={() => run('export', 'manifest')}>Manifests to apply</MenuItem>
          <MenuItem onSelect={() => run('export', 'stored')}>As stored</MenuItem>
        </Menu>
        <Button icon aria-label="Clear selection" title="Clear selection (Esc)" onClick={onClear}>
          <X size={15} aria-hidden="true" />
        </Button>
      </div>
      <div
        role="status"
        className="not-empty:mt-1.5 not-empty:border-line not-empty:border-t not-empty:pt-1.5"
      >
        {started === undefined ? null : isPending ? (
          <p className="tabular flex items-center gap-2 text-muted">
            <LoaderCircle size={14} aria-hidden="true" className="animate-spin" />
            {started.task === 'refresh' ? 'Refreshing' : 'Exporting'}… {formatCount(finished)} of{' '}
            {formatCount(started.rows.length)}
          </p>
        ) : result === undefined ? null : (
          <Result task={started.task} outcomes={result.outcomes} />
        )}
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
            {task === 'refresh' ? '. The list updates as their controllers report.' : '. Secrets are masked.'}
          </span>
        </p>
      )}
      {failures.map(({ problem, items }) => (
        <IconLine key={problem} tone="error">
          {planeCountText(items.length)} ({joinList(named(items))}): {problem}
        </IconLine>
      ))}
    </div>
  );
}

function named(rows: readonly FleetRow[]): string[] {
  const names = rows.slice(0, MAX_NAMED).map(({ plane }) => planeKey(plane));
  return rows.length > MAX_NAMED ? [...names, `${formatCount(rows.length - MAX_NAMED)} more`] : names;
}
