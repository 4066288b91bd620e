import { CalendarClock, Hourglass, RotateCw } from 'lucide-react';
import Link from 'next/link';
import { Card } from '@/components/ui/card';
import type { FleetPlane } from '@/lib/api/fleet';
import type { Upcoming, UpcomingEvent } from '@/lib/plane/certificate-list/upcoming';
import { planeTitle } from '@/lib/plane/model/display-name';
import { planePath } from '@/lib/plane/model/plane-path';
import { planeCountText } from '@/lib/plane/model/text';
import { formatAge, formatUtc } from '@/lib/plane/time/age';

const MAX_SHOWN = 8;

const ICONS: Record<UpcomingEvent, typeof Hourglass> = {
  renewal: RotateCw,
  end: Hourglass,
  begin: CalendarClock,
};

/** What happens to certificates next, so that renewals and restarts can be planned. Nothing if nothing does. */
export function UpcomingCard({
  events,
  nowMs,
}: {
  readonly events: readonly Upcoming<FleetPlane>[];
  readonly nowMs: number;
}) {
  if (events.length === 0) return null;
  return (
    <Card title="Renewals and restarts in the next 90 days" flush>
      <ol className="divide-y divide-line">
        {events.slice(0, MAX_SHOWN).map(({ event, atMs, entry }) => {
          const Icon = ICONS[event];
          const others = entry.users.length - 1;
          return (
            <li
              key={`${event} ${atMs} ${entry.plane.uid} ${entry.slot}`}
              className="grid gap-x-4 gap-y-0.5 px-4 py-2 sm:grid-cols-[11rem_minmax(0,1fr)]"
            >
              <time dateTime={new Date(atMs).toISOString()} className="tabular flex items-center gap-2">
                <Icon size={14} aria-hidden="true" className="shrink-0 text-muted" />
                <span>
                  {event === 'renewal' ? 'about ' : ''}
                  {formatUtc(atMs).slice(0, 10)}{' '}
                  <span className="text-muted">in {formatAge(atMs - nowMs)}</span>
                </span>
              </time>
              <p className="min-w-0 text-pretty [overflow-wrap:anywhere]">
                <Link
                  href={planePath(entry.plane) as '/'}
                  prefetch={false}
                  className="font-medium hover:underline"
                >
                  {planeTitle(entry.plane)}
                </Link>
                {others > 0 ? ` and ${planeCountText(others)} more` : ''}: {eventText(event, entry.label)}
              </p>
            </li>
          );
        })}
      </ol>
      {events.length > MAX_SHOWN ? (
        <p className="border-line border-t px-4 py-2 text-muted text-xs">
          And {events.length - MAX_SHOWN} more, which the rows below show.
        </p>
      ) : null}
    </Card>
  );
}

function eventText(event: UpcomingEvent, label: string): string {
  switch (event) {
    case 'renewal':
      return "the chart renews the agent's certificate. The agent presents the new one after its next restart, so register it before that.";
    case 'end':
      return `the ${label} ends.`;
    case 'begin':
      return `the ${label} becomes valid. Restart the agent only after that.`;
  }
}
