'use client';

import { useMemo } from 'react';
import type { MaintenanceControl } from '@/components/plane/maintenance/use-maintenance';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { setupPath } from '@/lib/plane/agent-setup/setup-link';
import { deletePath, replacePath } from '@/lib/plane/model/care-url';
import { planePath } from '@/lib/plane/model/plane-path';
import { editPath } from '@/lib/plane/model/plane-task';
import { registerPath } from '@/lib/plane/registration/register-url';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import { objectPath } from './object-path';
import type { PlaneActions } from './plane-actions-context';
import { usePlanePage } from './plane-page-context';
import type { StatusRefresh } from './use-refresh-status';

/** Where the other planes of the same cluster stand on the page, and what refers to the plane. */
export const SIBLINGS_ID = 'same-cluster';
export const REFERENCES_ID = 'references';

/**
 * Everything that can be done with a plane from its page, in one place: each part of the page that can do something adds
 * it here, and findings, header and menus offer it.
 *
 * @param gone the plane has been deleted, so nothing can be done with it any more
 */
export function usePageActions(
  { plane }: FleetRow,
  { ask, busy }: StatusRefresh,
  related: RelatedResources | null,
  maintenance: MaintenanceControl,
  gone: boolean,
): PlaneActions {
  const { readOnly } = usePlanePage();
  const target = related?.observability.target;
  const observability = target === undefined ? null : objectPath(target);
  const refused = related?.mayChange.state === 'denied' ? (related.mayChange.reason ?? null) : null;
  const { active, openDialog, endNow, ending } = maintenance;
  const isActive = active !== null;
  const isEnding = ending.phase === 'saving';
  return useMemo((): PlaneActions => {
    if (gone) return {};
    const here = planePath(plane);
    return {
      'connect-agent': { label: 'Connect an agent', href: setupPath(plane) },
      'open-siblings': { label: 'Show them', href: `${here}#${SIBLINGS_ID}` },
      'open-referrers': { label: 'Show them', href: `${here}#${REFERENCES_ID}` },
      ...(observability === null
        ? {}
        : { 'open-observability-plane': { label: 'Open it', href: observability } }),
      ...(readOnly
        ? {}
        : {
            'edit-spec': { label: 'Edit', href: editPath(plane, { view: 'form' }) },
            refresh: { label: 'Ask again now', run: ask, busy },
            'replace-certificate':
              plane.connection === 'direct'
                ? { label: 'Replace a credential…', href: replacePath(plane, null) }
                : { label: 'Replace the certificate…', href: replacePath(plane, 'agent-ca') },
            'set-maintenance': {
              label: isActive ? 'Change maintenance…' : 'Set maintenance…',
              run: openDialog,
              busy: isEnding,
              ...(refused === null ? {} : { refused }),
            },
            ...(isActive
              ? {
                  'end-maintenance': {
                    label: 'End maintenance now',
                    run: () => endNow(),
                    busy: isEnding,
                    ...(refused === null ? {} : { refused }),
                  },
                }
              : {}),
            delete: { label: 'Delete…', href: deletePath(plane) },
            'register-observability-plane': {
              label: 'Register one',
              href: registerPath({ kind: 'observabilityplanes', step: 'identity' }),
            },
          }),
    };
  }, [plane, gone, readOnly, ask, busy, observability, refused, isActive, isEnding, openDialog, endNow]);
}
