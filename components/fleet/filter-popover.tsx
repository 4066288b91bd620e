'use client';

import { ListFilter } from 'lucide-react';
import { useId, useState } from 'react';
import { Popover } from '@/components/ui/popover';
import { type FilterSection, filterSections, type ListFilterName } from '@/lib/plane/fleet/filter-sections';
import type { FleetFacets } from '@/lib/plane/fleet/fleet-facets';
import type { FleetView } from '@/lib/plane/fleet/fleet-view';
import { formatCount } from '@/lib/plane/model/text';

interface Props {
  readonly facets: () => FleetFacets;
  readonly view: FleetView;
  readonly onChange: (change: Partial<FleetView>) => void;
}

/** Filters by role, kind, scope, namespace and label. Each value shows the number of planes that have it. */
export function FilterPopover(props: Props) {
  return (
    <Popover
      label="Filters"
      className="w-80"
      button={{
        variant: 'outline',
        'aria-label': 'Filter',
        children: (
          <>
            <ListFilter size={14} aria-hidden="true" />
            <span className="max-sm:hidden">Filter</span>
          </>
        ),
      }}
    >
      <FilterPanel {...props} />
    </Popover>
  );
}

/** Mounted only while open, so a closed panel doesn't count through the fleet. */
function FilterPanel({ facets, view, onChange }: Props) {
  const [sections] = useState(() => filterSections(facets()));
  const [wanted, setWanted] = useState('');
  const term = wanted.trim().toLowerCase();
  const toggle = (name: ListFilterName, value: string) => {
    const chosen: readonly string[] = view[name];
    const next = chosen.includes(value) ? chosen.filter((item) => item !== value) : [...chosen, value];
    onChange({ [name]: next });
  };
  return (
    <>
      <input
        type="search"
        aria-label="Find a filter"
        placeholder="Find a filter…"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        className="h-10 w-full shrink-0 border-line border-b bg-transparent px-3 placeholder:text-muted focus-visible:outline-none"
      />
      <div className="min-h-0 overflow-y-auto p-1.5">
        {sections.map((section) => (
          <Section
            key={section.title}
            section={section}
            term={term}
            chosen={view[section.name]}
            onToggle={toggle}
          />
        ))}
      </div>
    </>
  );
}

/** Limits the values of a label, because thousands would bury all other filters. The search finds the rest. */
const MAX_VALUES = 12;

function Section({
  section,
  term,
  chosen,
  onToggle,
}: {
  readonly section: FilterSection;
  readonly term: string;
  readonly chosen: readonly string[];
  readonly onToggle: (name: ListFilterName, value: string) => void;
}) {
  const titleId = useId();
  const matching = section.options.filter(
    (option) => term === '' || `${section.title} ${option.label}`.toLowerCase().includes(term),
  );
  if (matching.length === 0) return null;
  const hidden = matching.length - MAX_VALUES;
  return (
    <fieldset aria-labelledby={titleId} className="pb-1.5">
      <div id={titleId} className="truncate px-2 pt-1.5 pb-1 text-muted text-xs">
        {section.title}
      </div>
      {matching.slice(0, MAX_VALUES).map((option) => (
        <label key={option.value} className="flex h-8 items-center gap-2.5 rounded-md px-2 hover:bg-hover">
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            onChange={() => onToggle(section.name, option.value)}
            className="size-3.5 shrink-0 accent-accent"
          />
          <span className="min-w-0 flex-1 truncate">{option.label}</span>
          <span className="tabular text-muted text-xs">{formatCount(option.planes)}</span>
        </label>
      ))}
      {hidden > 0 ? (
        <div className="px-2 py-1 text-muted text-xs">{formatCount(hidden)} more. Search to find them.</div>
      ) : null}
    </fieldset>
  );
}
