'use client';

import { useMemo } from 'react';
import type { FleetRow } from '@/lib/client/derived-fleet';
import { connectPath } from '@/lib/plane/connect/connect-link';
import type { PlaneActions } from './plane-actions-context';

/**
 * Everything that can be done with a plane from its page, in one place: each part of the page that can do something adds
 * it here, and findings, header and menus offer it.
 *
 * @param gone the plane has been deleted, so nothing can be done with it any more
 */
export function usePageActions(row: FleetRow, gone: boolean): PlaneActions {
  const { plane } = row;
  return useMemo((): PlaneActions => {
    if (gone) return {};
    return { 'connect-agent': { label: 'Connect an agent', href: connectPath(plane) } };
  }, [plane, gone]);
}
