'use client';

import { useMemo } from 'react';
import type { MaintenanceControl } from '@/components/plane/maintenance/use-maintenance';
import type { PlaneActions } from '@/components/plane/plane-actions-context';
import { usePlanePage } from '@/components/plane/plane-page-context';
import type { StatusRefresh } from '@/components/plane/use-status-refresh';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { setupPath } from '@/lib/plane/agent-setup/setup-link';
import { objectPagePath, planePath } from '@/lib/plane/model/plane-path';
import { deletePath, editPath, replacePath } from '@/lib/plane/model/plane-task';
import { registerPath } from '@/lib/plane/registration/register-url';
import type { RelatedResources } from '@/lib/plane/related/related-resources';

/** The ids of the page's sections that actions lead to: the siblings, and the objects that refer to the plane. */
export const SIBLINGS_ANCHOR = 'same-cluster';
export const REFERENCES_ANCHOR = 'references';

/**
 * Every action on a plane that its page offers now. Findings, header and menus pick theirs from it.
 *
 * @param undo opens the review of what undoes the last change of the connection; null if nothing does
 * @param gone the plane has been deleted, so no action is available
 */
export function useAvailableActions(
  { plane }: FleetRow,
  { refresh, busy }: StatusRefresh,
  related: RelatedResources | null,
  { maintenance, undo }: { readonly maintenance: MaintenanceControl; readonly undo: (() => void) | null },
  gone: boolean,
): PlaneActions {
  const { readOnly } = usePlanePage();
  const target = related?.observability.target;
  const observabilityPath = target === undefined ? null : objectPagePath(target);
  const refused = related?.mayChange.state === 'denied' ? (related.mayChange.reason ?? null) : null;
  const { active, openDialog, endNow, ending } = maintenance;
  const isActive = active !== null;
  const isEnding = ending.isSaving;
  return useMemo((): PlaneActions => {
    if (gone) return {};
    const here = planePath(plane);
    return {
      'connect-agent': { label: 'Connect agent', href: setupPath(plane) },
      'open-siblings': { label: 'Show planes', href: `${here}#${SIBLINGS_ANCHOR}` },
      'open-referrers': { label: 'Show references', href: `${here}#${REFERENCES_ANCHOR}` },
      ...(observabilityPath === null
        ? {}
        : { 'open-observability-plane': { label: 'Open plane', href: observabilityPath } }),
      ...(readOnly
        ? {}
        : {
            ...(undo === null ? {} : { 'undo-change': { label: 'Undo', run: undo, busy: false } }),
            'edit-spec': { label: 'Edit plane', href: editPath(plane, { view: 'form' }) },
            refresh: { label: 'Refresh status', run: refresh, busy },
            'replace-certificate':
              plane.connection === 'direct'
                ? { label: 'Replace credential', href: replacePath(plane, null) }
                : { label: 'Replace certificate', href: replacePath(plane, 'agent-ca') },
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
            delete: { label: 'Delete plane', href: deletePath(plane) },
            'register-observability-plane': {
              label: 'Register observability plane',
              href: registerPath({ kind: 'observabilityplanes', step: 'identity' }),
            },
          }),
    };
  }, [
    plane,
    gone,
    readOnly,
    refresh,
    busy,
    observabilityPath,
    refused,
    isActive,
    isEnding,
    openDialog,
    endNow,
    undo,
  ]);
}
