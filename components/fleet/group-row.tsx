'use client';

import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { HealthShape } from '@/components/health/health-shape';
import type { FleetItem } from '@/lib/plane/fleet/fleet-group';
import { ATTENTION_LABELS, ATTENTION_STATES } from '@/lib/plane/health/attention';
import { formatCount } from '@/lib/plane/model/text';

/** The head of a group. It folds the group, and shows the number of planes in each state even while folded. */
export function GroupRow({
  group,
  index,
  span,
  focusable,
  onToggle,
}: {
  readonly group: Extract<FleetItem, { type: 'group' }>;
  readonly index: number;
  readonly span: number;
  readonly focusable: boolean;
  readonly onToggle: (key: string) => void;
}) {
  return (
    <tr aria-rowindex={index + 2} className="max-lg:block">
      <th
        scope="colgroup"
        colSpan={span}
        className="h-9 bg-neutral-soft p-0 text-left font-normal shadow-[inset_0_-1px_0_var(--color-line)] max-lg:block"
      >
        <button
          type="button"
          data-index={index}
          tabIndex={focusable ? 0 : -1}
          aria-expanded={group.open}
          onClick={() => onToggle(group.key)}
          className="flex h-9 w-full items-center gap-2 px-4 text-left -outline-offset-2"
        >
          <ChevronRight
            size={14}
            aria-hidden="true"
            className={clsx('shrink-0 text-muted transition-transform', group.open && 'rotate-90')}
          />
          <span className="truncate font-semibold">{group.title}</span>
          <span className="tabular text-muted">{formatCount(group.size)}</span>
          <GroupCounts group={group} />
        </button>
      </th>
    </tr>
  );
}

function GroupCounts({ group }: { readonly group: Extract<FleetItem, { type: 'group' }> }) {
  const present = ATTENTION_STATES.filter((state) => group.counts[state] > 0);
  return (
    <span className="ml-2 flex shrink-0 items-center gap-2.5 text-muted text-xs">
      {present.map((state) => (
        <span
          key={state}
          data-tip={ATTENTION_LABELS[state]}
          className="tabular inline-flex items-center gap-1"
        >
          <HealthShape state={state} size={12} />
          {formatCount(group.counts[state])}
          <span className="sr-only"> {ATTENTION_LABELS[state]}</span>
        </span>
      ))}
    </span>
  );
}
