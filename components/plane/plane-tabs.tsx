'use client';

import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { Tabs } from '@/components/ui/tabs';

const TABS = [
  { id: 'overview', words: 'Overview' },
  { id: 'events', words: 'Events' },
  { id: 'history', words: 'History' },
  { id: 'yaml', words: 'YAML' },
] as const;
type TabId = (typeof TABS)[number]['id'];

/** The plane's tabs; which one is open stands in the URL, so that a link leads to it. */
export function PlaneTabs(panels: Readonly<Record<TabId, ReactNode>>) {
  const params = useSearchParams();
  const open: TabId = TABS.find(({ id }) => id === params.get('tab'))?.id ?? 'overview';
  const show = (id: TabId) => {
    const search = new URLSearchParams(params);
    if (id === 'overview') search.delete('tab');
    else search.set('tab', id);
    const query = search.size > 0 ? `?${search}` : '';
    window.history.replaceState(null, '', `${window.location.pathname}${query}`);
  };
  return (
    <Tabs
      label="Parts of this plane"
      tabs={TABS.map((tab) => ({ ...tab, panel: panels[tab.id] }))}
      open={open}
      onOpen={show}
    />
  );
}
