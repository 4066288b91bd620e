import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';

const SHORTCUTS: readonly (readonly [readonly string[], string])[] = [
  [['/'], 'Search'],
  [['↑', '↓'], 'Move from plane to plane'],
  [['Home', 'End'], 'First and last plane'],
  [['Enter'], 'Open the plane'],
  [['x'], 'Select the plane'],
  [['⇧', '↑', '↓'], 'Select from plane to plane'],
  [['←', '→'], 'Fold and unfold a group'],
  [['Esc'], 'Clear the selection, then search and filters'],
  [['?'], 'This help'],
];

/** The keys of the list. */
export function ShortcutsDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts">
      <dl className="divide-y divide-line">
        {SHORTCUTS.map(([keys, words]) => (
          <div key={words} className="flex h-10 items-center justify-between gap-4">
            <dt>{words}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
