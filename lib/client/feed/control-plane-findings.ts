'use client';

import { useCallback, useMemo } from 'react';
import { allControlPlaneFindings } from '@/lib/plane/health/control-plane-problems';
import type { ControlPlaneFinding } from '@/lib/plane/health/gateway-certificates';
import { useFleetMeta } from './fleet-meta';
import { useTick } from './tick';

/**
 * The findings about the control plane as of this second, errors first. Like health they're derived here, so that a
 * certificate also expires when no data arrive.
 */
export function useControlPlaneFindings(): readonly ControlPlaneFinding[] {
  const { gateway = null, clock = null, uncheckedCas = null } = useFleetMeta().controlPlane;
  // As text, because the clock's values must be primitives.
  const text = useTick(
    useCallback(
      (nowMs: number) => JSON.stringify(allControlPlaneFindings({ gateway, clock, uncheckedCas }, nowMs)),
      [gateway, clock, uncheckedCas],
    ),
  );
  return useMemo(() => JSON.parse(text) as ControlPlaneFinding[], [text]);
}
