'use client';

import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { MAIN_PAGES } from './console-pages';

type Shortcut = readonly [readonly string[], string];

const EVERYWHERE: readonly Shortcut[] = [
  [['Ctrl', 'K'], 'Find a plane, a page or an action'],
  ...MAIN_PAGES.map(({ key, label }): Shortcut => [['g', key], `Go to ${label}`]),
  [['?'], 'Show this help'],
];

const FLEET: readonly Shortcut[] = [
  [['/'], 'Search'],
  [['↑', '↓'], 'Move between planes'],
  [['j', 'k'], 'The same, as in vi'],
  [['Home', 'End'], 'Go to first or last plane'],
  [['Enter'], 'Open plane'],
  [['x'], 'Select plane'],
  [['⇧', '↑', '↓'], 'Extend selection'],
  [['←', '→'], 'Collapse or expand group'],
  [['Esc'], 'Stop a running action, or clear selection, then filters'],
];

/** All keyboard shortcuts, in one place. */
export function ShortcutsDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts">
      <ShortcutList title="On every page" shortcuts={EVERYWHERE} />
      <ShortcutList title="In the fleet" shortcuts={FLEET} />
    </Dialog>
  );
}

function ShortcutList({
  title,
  shortcuts,
}: {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}) {
  return (
    <section className="not-first:mt-4">
      <h3 className="font-medium text-muted text-xs">{title}</h3>
      <dl className="divide-y divide-line">
        {shortcuts.map(([keys, label]) => (
          <div key={label} className="flex min-h-9 items-center justify-between gap-4">
            <dt>{label}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
