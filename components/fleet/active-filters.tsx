'use client';

import { X } from 'lucide-react';
import { filterLabel, type ListFilterName } from '@/lib/plane/fleet/filter-sections';
import { type FleetView, isFiltered, withoutFilters } from '@/lib/plane/fleet/fleet-view';
import { formatCount } from '@/lib/plane/model/text';

const NAMES: readonly (readonly [ListFilterName, string])[] = [
  ['roles', 'Role'],
  ['kinds', 'Kind'],
  ['scopes', 'Scope'],
  ['namespaces', 'Namespace'],
  ['owners', 'Owner'],
  ['certificates', 'Certificate'],
  ['labels', 'Label'],
];

/** The active filters, each with a button to remove it, and how many planes they leave. */
export function ActiveFilters({
  view,
  shown,
  total,
  onChange,
}: {
  readonly view: FleetView;
  readonly shown: number;
  readonly total: number;
  readonly onChange: (change: Partial<FleetView>) => void;
}) {
  if (!isFiltered(view)) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5 px-4 pt-2">
      {NAMES.flatMap(([name, title]) =>
        view[name].map((value) => (
          <button
            key={`${name} ${value}`}
            type="button"
            aria-label={`Remove filter ${title} ${filterLabel(name, value)}`}
            onClick={() => onChange({ [name]: view[name].filter((item: string) => item !== value) })}
            className="inline-flex h-6 max-w-60 items-center gap-1 rounded-md bg-accent-soft pr-1 pl-2 text-accent text-xs hover:opacity-85"
          >
            <span className="truncate">
              {title}: {filterLabel(name, value)}
            </span>
            <X size={12} aria-hidden="true" className="shrink-0" />
          </button>
        )),
      )}
      <span className="tabular text-muted text-xs" role="status">
        {formatCount(shown)} of {formatCount(total)} planes
      </span>
      <button
        type="button"
        onClick={() => onChange(withoutFilters(view))}
        className="rounded text-accent text-xs underline-offset-2 hover:underline"
      >
        Clear filters
      </button>
    </div>
  );
}
