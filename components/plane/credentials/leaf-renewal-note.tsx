'use client';

import { CalendarClock } from 'lucide-react';
import { useCallback } from 'react';
import { ButtonLink } from '@/components/ui/button';
import type { FleetPlane } from '@/lib/api/fleet';
import { useTick } from '@/lib/client/feed/tick';
import { leafRenewal } from '@/lib/plane/health/leaf-renewal';
import { caMovePath } from '@/lib/plane/model/plane-task';
import { formatAge, formatUtc } from '@/lib/plane/time/age';

/**
 * Says when the chart renews a registered self-signed certificate, and what is then to do: the gateway rejects the agent
 * with its new certificate until that is registered. Nothing for a CA, or where the charts aren't known.
 */
export function LeafRenewalNote({
  plane,
  mayMove,
}: {
  readonly plane: FleetPlane;
  /** Whether credentials of this plane can be replaced here. */
  readonly mayMove: boolean;
}) {
  const text = useTick(useCallback((nowMs: number) => renewalText(plane, nowMs), [plane]));
  if (text === null) return null;
  return (
    <div className="rounded-lg bg-neutral-soft px-3 py-2">
      <p className="flex items-start gap-2">
        <CalendarClock size={14} aria-hidden="true" className="mt-0.5 shrink-0 text-muted" />
        <span className="min-w-0 text-pretty">{text}</span>
      </p>
      {mayMove ? (
        <div className="mt-2 pl-5.5">
          <ButtonLink href={caMovePath(plane)} variant="outline">
            Move to a CA of its own
          </ButtonLink>
        </div>
      ) : null}
    </div>
  );
}

function renewalText(plane: FleetPlane, nowMs: number): string | null {
  const renewal = leafRenewal(plane, nowMs);
  if (renewal === null) return null;
  const day = formatUtc(renewal.atMs).slice(0, 'yyyy-mm-dd'.length);
  return renewal.state === 'due'
    ? `The chart has probably renewed the agent's certificate since ${day}. Register the new certificate, then restart the agent.`
    : `The chart renews the agent's certificate in about ${formatAge(renewal.atMs - nowMs)}, on ${day}. Then register the new certificate and restart the agent, or move the plane to a CA of its own before.`;
}
