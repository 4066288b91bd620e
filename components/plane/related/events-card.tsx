'use client';

import { clsx } from 'clsx';
import { CircleCheck, CircleHelp, TriangleAlert } from 'lucide-react';
import { Card } from '@/components/ui/card';
import { IconLine } from '@/components/ui/notice';
import { Age, Utc } from '@/components/ui/time';
import type { PlaneEvent } from '@/lib/api/related';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { type PlaneEvents, usePlaneEvents } from './use-plane-events';

/** The Kubernetes Events about the plane, newest first, live. */
export function EventsCard({ plane, gone }: { readonly plane: PlaneIdentity; readonly gone: boolean }) {
  const { state, refusal, events } = usePlaneEvents(plane, !gone);
  return (
    <Card title="Events" flush={events.length > 0}>
      <div
        role="status"
        className={clsx(
          'text-pretty text-muted',
          events.length > 0 && 'border-line border-b px-4 py-2 text-xs',
        )}
      >
        {gone ? (
          'The plane was deleted. Live updates are off.'
        ) : state === 'lost' ? (
          <IconLine tone="warning">
            {refusal === null ? null : `${refusal} `}
            {stateText(state, events.length, plane)}
          </IconLine>
        ) : (
          stateText(state, events.length, plane)
        )}
      </div>
      {events.length === 0 ? null : (
        <ol>
          {events.map((event) => (
            <EventItem key={event.uid} event={event} />
          ))}
        </ol>
      )}
    </Card>
  );
}

/** Kubernetes stores the Events of cluster-wide objects in this namespace. */
const NAMESPACE_OF_CLUSTER_EVENTS = 'default';

function stateText(state: PlaneEvents['state'], count: number, { namespace }: PlaneIdentity): string {
  switch (state) {
    case 'connecting':
      return 'Loading events…';
    case 'not-visible':
      return `You can't see this plane's events. Ask an administrator for permission to list and watch events in namespace ${namespace ?? NAMESPACE_OF_CLUSTER_EVENTS}.`;
    case 'lost':
      return count === 0
        ? "Events can't be read right now. Planeboard keeps retrying."
        : 'Live updates are off. Planeboard is reconnecting. These are the last known events.';
    case 'live':
      return count === 0
        ? 'The API server has no events about this plane. It usually keeps events for an hour.'
        : 'Newest first, updated live. The API server usually keeps events for an hour.';
  }
}

const TYPES = new Map([
  ['Normal', { Icon: CircleCheck, tone: 'text-muted' }],
  ['Warning', { Icon: TriangleAlert, tone: 'text-degraded' }],
]);
const OTHER = { Icon: CircleHelp, tone: 'text-muted' };

function EventItem({ event }: { readonly event: PlaneEvent }) {
  const { type, reason, message, source, count, firstSeenAt, lastSeenAt } = event;
  const { Icon, tone } = TYPES.get(type) ?? OTHER;
  return (
    <li className="flex gap-3 px-4 py-3 not-last:border-line not-last:border-b">
      <Icon size={16} aria-hidden="true" className={`mt-0.5 shrink-0 ${tone}`} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <span className={`text-xs ${tone}`}>{type}</span>
          <span className="font-medium [overflow-wrap:anywhere]">{reason}</span>
          {count > 1 ? <span className="tabular text-muted text-xs">{count} times</span> : null}
          <span className="ml-auto text-muted">
            <Age at={lastSeenAt ?? undefined} suffix=" ago" />
          </span>
        </div>
        <p className="mt-0.5 text-pretty [overflow-wrap:anywhere]">{message}</p>
        <p className="mt-0.5 text-muted text-xs [overflow-wrap:anywhere]">
          {source || 'unknown source'}
          {lastSeenAt === null ? null : (
            <>
              {' · '}
              <Utc at={lastSeenAt} />
            </>
          )}
          {count > 1 && firstSeenAt !== null ? (
            <>
              {' · first '}
              <Utc at={firstSeenAt} />
            </>
          ) : null}
        </p>
      </div>
    </li>
  );
}
