'use client';

import { CloudOff, Siren } from 'lucide-react';
import { Notice } from '@/components/ui/notice';
import { Age, Utc } from '@/components/ui/time';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { useDataAge } from './data-age';

/** Says on every page that the data are old, since when, and which contact is missing. It disappears by itself. */
export function DataAgeBanner() {
  const { state, side, asOf } = useDataAge();
  const { apiServer } = useFleetMeta();
  const apiServerTitle =
    apiServer.state === 'unauthorized'
      ? "The API server refuses Planeboard's credentials."
      : 'No contact with the API server.';
  const title = side === 'server' ? "Planeboard's server does not answer." : apiServerTitle;
  // If there are no data yet, the page itself says so.
  const shown = state === 'old' || (state === 'never' && side === 'server');
  return (
    <div role="status">
      {shown ? (
        <Notice
          tone="error"
          icon={<CloudOff size={15} aria-hidden="true" className="text-disconnected" />}
          title={title}
          className="border-x-0 border-t-0"
        >
          {asOf === null ? null : (
            <>
              Everything on this page is as it was at <Utc at={asOf} />.{' '}
            </>
          )}
          Trying again; the page recovers by itself.
        </Notice>
      ) : null}
    </div>
  );
}

/** Reports an incident once for all planes that it affects, not once per plane. */
export function IncidentBanner() {
  const { incidents } = useFleetMeta();
  return (
    <>
      {/* Announces only the constant text: a screen reader would never finish a ticking age. */}
      <div role="status" className="sr-only">
        {incidents.map((incident) => incident.message).join(' ')}
      </div>
      {incidents.map((incident) => (
        <Notice
          key={incident.code}
          tone="error"
          icon={<Siren size={15} aria-hidden="true" className="text-disconnected" />}
          title="Control-plane incident."
          className="border-x-0 border-t-0"
        >
          {incident.message} It began <Age at={incident.since} suffix=" ago" />.
        </Notice>
      ))}
    </>
  );
}
