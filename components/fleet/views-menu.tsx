'use client';

import { Bookmark } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Menu, MenuGroup, MenuItem, MenuRadioItem } from '@/components/ui/menu';
import { fleetViewSearch, parseFleetView } from '@/lib/plane/fleet/fleet-url';
import { CERTIFICATES_VIEW, DEFAULT_VIEW, type FleetView } from '@/lib/plane/fleet/fleet-view';
import { type SavedView, useSavedViews } from './saved-views';

/** Loaded when it's opened. */
const ViewsDialog = lazy(() => import('./views-dialog').then((module) => ({ default: module.ViewsDialog })));

/** The views that everyone has. */
const BUILT_IN: readonly SavedView[] = [
  { name: 'All planes', search: '' },
  {
    name: 'Needs attention',
    search: fleetViewSearch({
      ...DEFAULT_VIEW,
      health: ['disconnected', 'stale', 'unknown', 'degraded'],
    }),
  },
  { name: 'By expiry of the CA', search: fleetViewSearch(CERTIFICATES_VIEW) },
];

/** The menu that opens a view of the list, and leads to saving one. */
export function ViewsMenu({
  view,
  onChange,
}: {
  readonly view: FleetView;
  readonly onChange: (change: Partial<FleetView>, options: { readonly push: boolean }) => void;
}) {
  const saved = useSavedViews();
  const [dialog, setDialog] = useState<'never-opened' | 'open' | 'closed'>('never-opened');
  const search = fleetViewSearch(view);
  const items = (views: readonly SavedView[]) =>
    views.map((one) => (
      <MenuRadioItem
        key={one.name}
        checked={one.search === search}
        onSelect={() => onChange(parseFleetView(new URLSearchParams(one.search)), { push: true })}
      >
        <span className="truncate">{one.name}</span>
      </MenuRadioItem>
    ));
  return (
    <>
      <Menu
        label="Views"
        button={{
          variant: 'outline',
          'aria-label': 'Views',
          children: (
            <>
              <Bookmark size={14} aria-hidden="true" />
              <span className="max-xl:hidden">Views</span>
            </>
          ),
        }}
      >
        <MenuGroup title="Views">{items(BUILT_IN)}</MenuGroup>
        {saved.length === 0 ? null : <MenuGroup title="Saved in this browser">{items(saved)}</MenuGroup>}
        <MenuItem onSelect={() => setDialog('open')}>Save or delete views…</MenuItem>
      </Menu>
      {dialog === 'never-opened' ? null : (
        <Suspense>
          <ViewsDialog
            open={dialog === 'open'}
            search={search}
            views={saved}
            onClose={() => setDialog('closed')}
          />
        </Suspense>
      )}
    </>
  );
}
