'use client';

import { CircleCheck, CircleHelp } from 'lucide-react';
import { useCallback } from 'react';
import type { LoadedRelatedResources } from '@/components/plane/related/use-related-resources';
import { Age } from '@/components/ui/time';
import type { FleetRow } from '@/lib/client/feed/derived-fleet';
import { useTickValue } from '@/lib/client/feed/use-tick-value';
import { checkedFacts } from '@/lib/plane/diagnosis/checked-facts';
import { knownHeartbeat } from '@/lib/plane/health/heartbeat';

/** Reports that there are no errors or warnings, and names the facts behind it, since green needs a reason too. */
export function NoKnownProblems({
  row: { plane, health },
  related: { value },
}: {
  readonly row: FleetRow;
  readonly related: LoadedRelatedResources;
}) {
  const isHealthy = health.state === 'healthy';
  const heartbeat = knownHeartbeat(plane.agent, plane.facts.heartbeatGap);
  const unchecked = health.reasons.find(({ code }) => code === 'reference-not-visible');
  const Icon = isHealthy ? CircleCheck : CircleHelp;
  const facts = useTickValue(
    useCallback((nowMs: number) => checkedFacts(plane, value, nowMs), [plane, value]),
  );
  return (
    <div className="flex gap-2.5">
      <Icon
        size={16}
        aria-hidden="true"
        className={`mt-0.5 shrink-0 ${isHealthy ? 'text-healthy' : 'text-muted'}`}
      />
      <div className="min-w-0">
        <p className="font-semibold">No known problems</p>
        <ul className="mt-0.5 grid gap-0.5 text-muted">
          {plane.agent?.connected ? (
            <li>
              {heartbeat === undefined ? (
                'The status says connected. The gateway reports no heartbeat.'
              ) : (
                <>
                  The agent is connected. Last heartbeat <Age at={heartbeat} suffix=" ago" />
                  {plane.facts.heartbeatGap?.severalReplicas ? ', through another gateway replica' : null}.
                </>
              )}
            </li>
          ) : null}
          {isHealthy && !plane.agent?.connected ? (
            <li>A condition reports that it works. The connection itself isn't measured.</li>
          ) : null}
          {unchecked === undefined ? null : <li className="text-pretty text-ink">{unchecked.message}</li>}
          {facts.map((fact) => (
            <li key={fact} className="text-pretty [overflow-wrap:anywhere]">
              {fact}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
