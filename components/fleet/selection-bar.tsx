'use client';

import { Download, LoaderCircle, Pencil, RefreshCw, X } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { BulkSubject } from '@/components/bulk-change/bulk-change-dialog';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Menu, MenuItem } from '@/components/ui/menu';
import { QueryProvider } from '@/lib/client/api/query-provider';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { READ_ONLY_REASON } from '@/lib/plane/model/read-only';
import { formatCount, planeCountText } from '@/lib/plane/model/text';
import { BulkResult } from './bulk-result';
import { useEscape } from './shortcuts';
import { useBulkTask } from './use-bulk-task';

/** Loaded when it is opened. */
const BulkChangeDialog = lazy(() =>
  import('@/components/bulk-change/bulk-change-dialog').then((module) => ({
    default: module.BulkChangeDialog,
  })),
);

/** Above this number, a write of every selected plane is confirmed first. */
const MAX_UNCONFIRMED = 20;

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

function Selection({ rows, hidden, readOnly, onClear }: SelectionProps) {
  const { run, stop, isPending, isStopping, finished, started, result } = useBulkTask(rows);
  const [isConfirming, setConfirming] = useState(false);
  const [change, setChange] = useState<{
    readonly subject: BulkSubject;
    readonly planes: readonly FleetRow['plane'][];
  } | null>(null);
  const section = useRef<HTMLElement>(null);
  const stopButton = useRef<HTMLButtonElement>(null);
  useEscape(isPending ? stop : null);
  // The button that started the task is disabled meanwhile, and a disabled button with the focus takes no keys.
  useEffect(() => {
    if (isPending) stopButton.current?.focus();
    else if (started && document.activeElement === document.body)
      section.current?.querySelector('button')?.focus();
  }, [isPending, started]);
  const refresh = () => {
    if (rows.length > MAX_UNCONFIRMED) setConfirming(true);
    else run('refresh');
  };
  const openChange = (subject: BulkSubject) => setChange({ subject, planes: rows.map(({ plane }) => plane) });
  const dialog = change ? (
    <Suspense>
      <BulkChangeDialog {...change} onClosed={() => setChange(null)} />
    </Suspense>
  ) : null;
  // After a restart of the server, the planes are loaded again. The result of a task is still shown afterwards.
  if (rows.length === 0) return dialog;
  return (
    <section
      ref={section}
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
        <Button
          variant="outline"
          disabled={isPending || readOnly}
          title={readOnly ? READ_ONLY_REASON : undefined}
          onClick={refresh}
        >
          <RefreshCw size={14} aria-hidden="true" /> Refresh status
        </Button>
        <Menu
          label="Change"
          button={{
            variant: 'outline',
            disabled: isPending,
            children: (
              <>
                <Pencil size={14} aria-hidden="true" /> Change
              </>
            ),
          }}
        >
          <MenuItem
            onSelect={() => openChange('maintenance')}
            {...(readOnly ? { refused: READ_ONLY_REASON } : {})}
          >
            Maintenance…
          </MenuItem>
          <MenuItem
            onSelect={() => openChange('labels')}
            {...(readOnly ? { refused: READ_ONLY_REASON } : {})}
          >
            Labels…
          </MenuItem>
        </Menu>
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
        <Button
          icon
          aria-label="Clear selection"
          title={isPending ? 'Clear selection and stop' : 'Clear selection (Esc)'}
          onClick={onClear}
        >
          <X size={15} aria-hidden="true" />
        </Button>
      </div>
      {started && isPending ? (
        <div className="mt-1.5 flex items-center gap-2 border-line border-t pt-1.5 text-muted">
          <LoaderCircle size={14} aria-hidden="true" className="animate-spin" />
          <p role="status" className="tabular">
            {isStopping ? 'Stopping' : started.task === 'refresh' ? 'Refreshing' : 'Exporting'}…{' '}
            {formatCount(finished)} of {formatCount(started.rows.length)}
          </p>
          <progress
            aria-label="Progress"
            value={finished}
            max={started.rows.length}
            className="h-1.5 w-32 appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
          />
          <Button
            ref={stopButton}
            variant="outline"
            aria-disabled={isStopping}
            title="Stop (Esc)"
            onClick={stop}
          >
            Stop
          </Button>
        </div>
      ) : null}
      <div
        role="status"
        className="not-empty:mt-1.5 not-empty:border-line not-empty:border-t not-empty:pt-1.5"
      >
        {started && result && !isPending ? (
          <BulkResult task={started.task} content={started.content} {...result} />
        ) : null}
      </div>
      {dialog}
      <Dialog
        open={isConfirming}
        onClose={() => setConfirming(false)}
        title={`Refresh the status of ${planeCountText(rows.length)}?`}
      >
        <p className="text-pretty text-muted">
          Each refresh sets an annotation on the plane, so its controller reconciles it at once. A few planes
          are refreshed at a time, and you can stop in between.
        </p>
        <div className="mt-5 flex justify-end gap-2">
          <Button variant="outline" onClick={() => setConfirming(false)}>
            Cancel
          </Button>
          <Button
            variant="primary"
            onClick={() => {
              setConfirming(false);
              run('refresh');
            }}
          >
            Refresh {planeCountText(rows.length)}
          </Button>
        </div>
      </Dialog>
    </section>
  );
}
