'use client';

import { useMemo } from 'react';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { useFleetRows } from '@/lib/client/feed/live-fleet';
import { useDocumentHeadline } from '@/lib/client/headline/document-headline';
import { faviconHref } from '@/lib/client/headline/favicon';
import { countEntries } from '@/lib/plane/fleet/fleet-filter';
import { headlineOf, headlineText } from '@/lib/plane/fleet/headline';

/**
 * Shows the state of the whole fleet in the browser's tab on every console page: the worst state and its count.
 * Without contact all planes are unknown, and the tab says so.
 */
export function FleetHeadline() {
  const rows = useFleetRows(false);
  const { incidents } = useFleetMeta();
  const headline = useMemo(() => (rows === null ? null : headlineOf(countEntries(rows))), [rows]);
  const incident = incidents.length > 0 ? 'Incident, ' : '';
  useDocumentHeadline(
    headline && {
      text: `${incident}${headlineText(headline)}`,
      iconHref: faviconHref(headline.state, headline.count),
    },
  );
  return null;
}
