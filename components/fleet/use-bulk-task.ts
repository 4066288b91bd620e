import { useCallback, useEffect, useRef, useState } from 'react';
import type { Outcome } from '@/lib/client/api/in-parallel';
import { useWrite } from '@/lib/client/api/use-write';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { tickNowMs } from '@/lib/client/feed/tick';
import { downloadText } from '@/lib/client/text-export';
import { type ExportContent, exportYaml, refreshStatuses } from './bulk-actions';

export type BulkTask = 'refresh' | 'export';

/** One task, for the rows that were selected when it started. */
interface Run {
  readonly task: BulkTask;
  /** What an export contains. */
  readonly content: ExportContent;
  readonly rows: readonly FleetRow[];
  readonly signal: AbortSignal;
}

/** The outcome for each plane, and how many of the exported ones have masked secrets. */
interface Result {
  readonly outcomes: readonly Outcome<FleetRow>[];
  readonly withSecrets: number;
}

/**
 * Runs one task at a time. A stop, and the end of the component, keep it from starting with further planes; requests
 * that were sent finish.
 */
export function useBulkTask(rows: readonly FleetRow[]) {
  const [finished, setFinished] = useState(0);
  const [isStopping, setStopping] = useState(false);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const { mutate, isPending, variables, data } = useWrite({
    mutationFn: async ({ task, content, rows: chosen, signal }: Run): Promise<Result> => {
      if (task === 'refresh')
        return { outcomes: await refreshStatuses(chosen, setFinished, signal), withSecrets: 0 };
      const { outcomes, yaml, withSecrets } = await exportYaml(chosen, content, setFinished, signal);
      // A stopped export would lack planes that nobody left out on purpose.
      if (!signal.aborted && outcomes.some(({ state }) => state === 'done')) download(yaml);
      return { outcomes, withSecrets };
    },
    onMutate: () => {
      setFinished(0);
      setStopping(false);
    },
  });
  const run = (task: BulkTask, content: ExportContent = 'manifest') => {
    abort.current = new AbortController();
    mutate({ task, content, rows, signal: abort.current.signal });
  };
  const stop = useCallback(() => {
    setStopping(true);
    abort.current?.abort();
  }, []);
  return { run, stop, isPending, isStopping, finished, started: variables, result: data };
}

function download(yaml: string): void {
  const day = new Date(tickNowMs()).toISOString().slice(0, 10);
  downloadText(yaml, `planes-${day}.yaml`, 'application/yaml');
}
