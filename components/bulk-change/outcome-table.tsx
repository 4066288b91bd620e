import { Ban, CircleAlert, CircleCheck, CircleDashed, CircleHelp, Pencil } from 'lucide-react';
import { memo } from 'react';
import { planeTitle } from '@/lib/plane/model/display-name';
import { planeKey } from '@/lib/plane/model/plane-path';
import { formatCount } from '@/lib/plane/model/text';
import { type BulkEntry, type EntryState, entryText, tableOrder } from './bulk-change';

/** More rows would make the dialog slow. The file has all of them. */
const MAX_ROWS = 200;

const ICONS: Record<EntryState, { readonly icon: typeof Pencil; readonly tone: string }> = {
  unchecked: { icon: CircleDashed, tone: 'text-muted' },
  ready: { icon: Pencil, tone: 'text-accent' },
  same: { icon: CircleCheck, tone: 'text-muted' },
  rejected: { icon: CircleAlert, tone: 'text-disconnected' },
  saved: { icon: CircleCheck, tone: 'text-healthy' },
  failed: { icon: CircleAlert, tone: 'text-disconnected' },
  unknown: { icon: CircleHelp, tone: 'text-degraded' },
};

/** The outcome for each plane, problems first. Memoized, because a run's progress renders often. */
export const OutcomeTable = memo(function OutcomeTable({
  entries,
  withManaged,
}: {
  readonly entries: readonly BulkEntry[];
  readonly withManaged: boolean;
}) {
  const ordered = tableOrder(entries);
  const hidden = ordered.length - MAX_ROWS;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard.
      tabIndex={0}
      aria-label="Planes"
      className="max-h-80 overflow-y-auto rounded-lg border border-line"
    >
      <table className="w-full table-fixed border-collapse text-left">
        <thead className="sticky top-0 bg-raised shadow-[inset_0_-1px_0_var(--color-line)]">
          <tr className="text-muted text-xs">
            <th scope="col" className="w-2/5 px-3 py-1.5 font-medium">
              Plane
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              Outcome
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.slice(0, MAX_ROWS).map((entry) => (
            <OutcomeRow key={entry.plane.uid} entry={entry} withManaged={withManaged} />
          ))}
        </tbody>
      </table>
      {hidden > 0 ? (
        <p className="px-3 py-2 text-muted">
          {formatCount(hidden)} more {hidden === 1 ? "plane isn't" : "planes aren't"} shown. The downloaded
          file lists all.
        </p>
      ) : null}
    </section>
  );
});

function OutcomeRow({ entry, withManaged }: { readonly entry: BulkEntry; readonly withManaged: boolean }) {
  const { plane, state, managedBy, message } = entry;
  const isLeftOut = state === 'ready' && managedBy !== undefined && !withManaged;
  const { icon: Icon, tone } = isLeftOut ? { icon: Ban, tone: 'text-muted' } : ICONS[state];
  return (
    <tr className="align-top shadow-[inset_0_-1px_0_var(--color-line)] last:shadow-none">
      <th scope="row" className="px-3 py-2 font-normal">
        <div className="truncate font-medium" title={planeTitle(plane)}>
          {planeTitle(plane)}
        </div>
        <div className="truncate text-muted text-xs" title={planeKey(plane)}>
          {planeKey(plane)}
        </div>
      </th>
      <td className="px-3 py-2">
        <div className="flex items-start gap-2">
          <Icon size={14} aria-hidden="true" className={`mt-0.5 shrink-0 ${tone}`} />
          <div className="min-w-0">
            <div>{entryText(entry, withManaged)}</div>
            {message ? (
              <div className="text-pretty text-muted text-xs [overflow-wrap:anywhere]">{message}</div>
            ) : null}
          </div>
        </div>
      </td>
    </tr>
  );
}
