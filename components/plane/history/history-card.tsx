'use client';

import { Construction, Eye, FilePen, Flag, KeyRound, ListChecks, Plug, Tag, Trash2 } from 'lucide-react';
import { HealthShape } from '@/components/health/health-shape';
import { useHistory } from '@/components/plane/use-history';
import { Card } from '@/components/ui/card';
import { Age, Utc } from '@/components/ui/time';
import type { HistoryEntry } from '@/lib/api/history';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';

/** The changes of the plane that this server has seen since it started; a restart loses them. */
export function HistoryCard({ row }: { readonly row: FleetRow }) {
  const { latest: history, problem } = useHistory(row);
  if (history === null) {
    return (
      <Card title="History">
        <p role="status" className="text-muted">
          {problem === null ? 'Loading…' : `History couldn't be read. ${problem}`}
        </p>
      </Card>
    );
  }
  const { since, entries, truncated } = history;
  return (
    <Card title="History" flush>
      <p className="text-pretty border-line border-b px-4 py-2 text-muted text-xs">
        Recorded by this server since <Utc at={since} />. Earlier changes aren't known.
        {truncated ? ' Only the newest entries are kept.' : null}
        {problem === null ? null : ` May be out of date: ${problem}`}
      </p>
      {entries.length === 0 ? (
        <p className="px-4 py-3 text-muted">No changes since then.</p>
      ) : (
        <ol className="px-4 py-3">
          {entries.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two entries may have the same time and text.
            <Entry key={`${entry.at} ${entry.text} ${entries.length - index}`} entry={entry} />
          ))}
        </ol>
      )}
      {truncated ? (
        <p className="border-line border-t px-4 py-2 text-muted text-xs">Older entries were removed.</p>
      ) : null}
    </Card>
  );
}

const ICONS: Record<HistoryEntry['what'], typeof Eye> = {
  health: Flag,
  condition: ListChecks,
  agent: Plug,
  spec: FilePen,
  metadata: Tag,
  maintenance: Construction,
  credential: KeyRound,
  deletion: Trash2,
  'first-seen': Eye,
};

function Entry({ entry: { at, what, text, health } }: { readonly entry: HistoryEntry }) {
  const Icon = ICONS[what];
  return (
    <li className="group/entry relative flex gap-3 pb-4 last:pb-0">
      <span
        aria-hidden="true"
        className="absolute top-6 bottom-0 left-[0.6875rem] w-px bg-line group-last/entry:hidden"
      />
      <span className="flex size-6 shrink-0 items-center justify-center rounded-full text-muted">
        {health === undefined ? (
          <Icon size={14} aria-hidden="true" />
        ) : (
          <HealthShape state={health} size={15} />
        )}
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <p className="text-pretty [overflow-wrap:anywhere]">{text}</p>
        <p className="text-muted text-xs">
          <Age at={at} suffix=" ago" coarse /> · <Utc at={at} />
        </p>
      </div>
    </li>
  );
}
