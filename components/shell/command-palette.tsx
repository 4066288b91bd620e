'use client';

import { clsx } from 'clsx';
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { HealthShape } from '@/components/health/health-shape';
import { Dialog } from '@/components/ui/dialog';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { useFleetRows } from '@/lib/client/feed/live-fleet';
import { filterEntries } from '@/lib/plane/fleet/fleet-filter';
import { sortEntries } from '@/lib/plane/fleet/fleet-sort';
import { DEFAULT_SORT, DEFAULT_VIEW } from '@/lib/plane/fleet/fleet-view';
import { ATTENTION_LABELS } from '@/lib/plane/health/attention';
import { planeTitle } from '@/lib/plane/model/display-name';
import { objectName, planePath } from '@/lib/plane/model/plane-path';
import { deletePath, editPath, replacePath } from '@/lib/plane/model/plane-task';
import { type ConsolePage, FURTHER_PAGES, MAIN_PAGES } from './console-pages';
import { showKeyboardPanel } from './keyboard-state';

/** More than these, nobody reads: one more word finds what is meant. */
const MAX_PLANES = 8;

interface Command {
  readonly id: string;
  readonly label: string;
  /** What tells commands with the same label apart. */
  readonly detail: string;
  readonly row?: FleetRow;
  readonly run: () => void;
}

/** Finds planes, pages and actions by a few letters, and opens the chosen one. */
export function CommandPalette({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Go to" firstFocus="input">
      <Search onClose={onClose} />
    </Dialog>
  );
}

/** Mounted while the palette is open, so each search begins anew. */
function Search({ onClose }: { readonly onClose: () => void }) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const rows = useFleetRows(false);
  const router = useRouter();
  const listId = useId();
  const commands = useMemo(() => {
    const go = (href: `/${string}`) => () => router.push(href as '/');
    return commandsFor(text, rows ?? [], go);
  }, [text, rows, router]);
  const index = Math.min(active, commands.length - 1);
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive((index + step + commands.length) % Math.max(1, commands.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(commands[index]);
    }
  };
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-label="Find a plane, a page or an action"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={commands[index] ? `${listId}-${index}` : undefined}
        placeholder="Plane, page or action…"
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => {
          setText(target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        className="h-9 w-full rounded-md border border-line bg-surface px-2.5 text-ink placeholder:text-muted max-sm:text-base"
      />
      <div id={listId} role="listbox" aria-label="Matches" className="mt-2 max-h-80 overflow-auto">
        {commands.map((command, at) => (
          <div
            key={command.id}
            id={`${listId}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === index}
            onPointerMove={() => setActive(at)}
            onClick={() => run(command)}
            onKeyDown={onKeyDown}
            className={clsx(
              'flex min-h-9 cursor-default items-center gap-2 rounded-md px-2 py-1',
              at === index && 'bg-hover',
            )}
          >
            {command.row ? (
              <>
                <HealthShape state={command.row.attention} />
                <span className="sr-only">{ATTENTION_LABELS[command.row.attention]}: </span>
              </>
            ) : null}
            <span className="min-w-0 truncate">{command.label}</span>
            <span className="ml-auto shrink-0 pl-3 text-muted text-xs">{command.detail}</span>
          </div>
        ))}
      </div>
      <p role="status" className="mt-2 text-muted text-xs">
        {commands.length === 0
          ? 'Nothing matches.'
          : rows === null
            ? 'The planes are still loading.'
            : `${commands.length} found. Enter opens the marked one.`}
      </p>
    </>
  );
}

function commandsFor(
  text: string,
  rows: readonly FleetRow[],
  go: (href: `/${string}`) => () => void,
): readonly Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const pages = [...MAIN_PAGES, ...FURTHER_PAGES].map((page: ConsolePage) => ({
    id: page.href,
    label: page.label,
    detail: page.key === null ? 'Page' : `Page, g ${page.key}`,
    run: go(page.href),
  }));
  const help: Command = {
    id: 'help',
    label: 'Keyboard shortcuts',
    detail: 'Help, ?',
    run: () => showKeyboardPanel('shortcuts'),
  };
  const named = [...pages, help].filter(({ label }) => matches(label, words));
  if (words.length === 0) return named;
  const { entries } = filterEntries(rows, { ...DEFAULT_VIEW, q: text });
  const planes = sortEntries(entries, DEFAULT_SORT).slice(0, MAX_PLANES);
  return [
    ...named,
    ...planes.map((row): Command => {
      const detail = objectName(row.plane);
      return { id: row.plane.uid, label: planeTitle(row.plane), detail, row, run: go(planePath(row.plane)) };
    }),
    ...actionsOn(planes[0], go),
  ];
}

/** What can be done with the first plane that matches. Its page says if something isn't allowed. */
function actionsOn(row: FleetRow | undefined, go: (href: `/${string}`) => () => void): Command[] {
  if (row === undefined) return [];
  const { plane } = row;
  const title = planeTitle(plane);
  const slot = plane.connection === 'direct' ? null : 'agent-ca';
  return [
    ['edit', `Edit ${title}`, editPath(plane, { view: 'form' })] as const,
    [
      'replace',
      `Replace ${slot === null ? 'a credential' : 'the certificate'} of ${title}`,
      replacePath(plane, slot),
    ] as const,
    ['delete', `Delete ${title}…`, deletePath(plane)] as const,
  ].map(([id, label, href]) => ({ id: `${id} ${plane.uid}`, label, detail: 'Action', run: go(href) }));
}

function matches(label: string, words: readonly string[]): boolean {
  const text = label.toLowerCase();
  return words.every((word) => text.includes(word));
}
