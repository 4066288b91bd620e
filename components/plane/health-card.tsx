'use client';

import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { Age } from '@/components/ui/age';
import { ButtonLink } from '@/components/ui/button-link';
import { Card } from '@/components/ui/card';
import type { FleetRow } from '@/lib/client/derived-fleet';
import { judgeNow } from '@/lib/client/live-fleet';
import { useTick } from '@/lib/client/use-tick';
import { connectPath } from '@/lib/plane/connect/connect-link';
import type { HealthReason } from '@/lib/plane/health-state';

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;
const TONES = { error: 'text-disconnected', warning: 'text-degraded', info: 'text-muted' } as const;

/** While nobody has ever connected, the page that waits for the agent has the commands, and says what is in the way. */
const AWAITED: ReadonlySet<string> = new Set([
  'status-awaited',
  'status-missing',
  'agent-awaited',
  'never-connected',
]);

/** Why the plane is in its state: every reason in a sentence, the one that names the state first. */
export function HealthCard({ row }: { readonly row: FleetRow }) {
  const text = useTick(
    useCallback((nowMs: number) => JSON.stringify((judgeNow(row, nowMs) ?? row.health).reasons), [row]),
  );
  const reasons = useMemo(() => JSON.parse(text) as HealthReason[], [text]);
  return (
    <Card
      title="Health"
      actions={
        AWAITED.has(row.health.reasons[0]?.code ?? '') ? (
          <ButtonLink href={connectPath(row.plane)}>Connect an agent</ButtonLink>
        ) : null
      }
    >
      <ul className="grid gap-2.5">
        {row.health.state === 'healthy' ? <HealthyReason row={row} /> : null}
        {reasons.map((reason) => (
          <Reason key={`${reason.code} ${reason.message}`} reason={reason} />
        ))}
      </ul>
    </Card>
  );
}

function Reason({ reason }: { readonly reason: HealthReason }) {
  const Icon = ICONS[reason.severity];
  return (
    <li className="flex gap-2.5">
      <Icon size={15} aria-hidden="true" className={`mt-0.5 shrink-0 ${TONES[reason.severity]}`} />
      <span className="min-w-0 text-pretty break-words">{reason.message}</span>
    </li>
  );
}

/** Green needs a reason as well: the fact that it rests on. */
function HealthyReason({ row }: { readonly row: FleetRow }) {
  const { agent } = row.plane;
  return (
    <li className="text-muted">
      {agent?.connected ? (
        <>
          Its agent is connected, and was last heard <Age at={agent.lastHeartbeatTime} suffix=" ago" />.
        </>
      ) : (
        'One of its conditions says so: nothing measures the connection itself.'
      )}
    </li>
  );
}
