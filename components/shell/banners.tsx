'use client';

import { CloudOff, Siren, TriangleAlert } from 'lucide-react';
import { Notice } from '@/components/ui/notice';
import { Age, Utc } from '@/components/ui/time';
import { useFeedDelivery, useFeedRefusal, useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { incidentCause, incidentTitle } from '@/lib/plane/health/incident-text';
import { useDataAge } from './data-age';

/** Reports on every page that the data are old, since when, and which contact is missing. */
export function DataAgeBanner() {
  const { state, side, asOf } = useDataAge();
  const { apiServer } = useFleetMeta();
  const apiServerTitle =
    apiServer.state === 'unauthorized'
      ? "The API server rejected Planeboard's credentials."
      : "The API server can't be read.";
  const serverTitle = useFeedRefusal() ?? "Planeboard's server isn't responding.";
  const title = side === 'server' ? serverTitle : apiServerTitle;
  // If there are no data yet, the page itself says so, and notices name each kind whose watch proves nothing.
  const shown = (state === 'old' && side !== 'watch') || (state === 'never' && side === 'server');
  return (
    <div role="status">
      {shown ? (
        <Notice
          tone="error"
          icon={<CloudOff size={15} aria-hidden="true" className="text-disconnected" />}
          title={title}
          className="border-x-0 border-t-0"
        >
          {side === 'api-server' && apiServer.problem ? `${apiServer.problem} ` : null}
          {asOf === null ? null : (
            <>
              This page shows data from <Utc at={asOf} />.{' '}
            </>
          )}
          Retrying automatically.
        </Notice>
      ) : null}
    </div>
  );
}

/** Says that a proxy holds the stream back, as long as polling keeps the data current. */
export function HeldBackBanner() {
  const delivery = useFeedDelivery();
  const { state } = useDataAge();
  return (
    <div role="status">
      {delivery === 'polling' && (state === 'live' || state === 'listing') ? (
        <Notice
          tone="warning"
          icon={<TriangleAlert size={15} aria-hidden="true" className="text-degraded" />}
          title="A proxy between this browser and Planeboard holds back the live stream."
          className="border-x-0 border-t-0"
        >
          This page checks for changes every 5 seconds instead. Turn off response buffering for Planeboard in
          the proxy.
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
      {/* Announces only what stays: a screen reader would never finish ticking ages and changing numbers. */}
      <div role="status" className="sr-only">
        {incidents.map((incident) => `${incidentTitle(incident)}. ${incidentCause(incident)}`).join(' ')}
      </div>
      {incidents.length > 0 ? (
        <section aria-label="Incidents">
          {incidents.map((incident) => (
            <Notice
              key={incident.id}
              tone="error"
              icon={<Siren size={15} aria-hidden="true" className="text-disconnected" />}
              title={`${incidentTitle(incident)}.`}
              className="border-x-0 border-t-0"
            >
              {incident.message}
              {incident.since === null ? null : (
                <>
                  {' '}
                  Started <Age at={incident.since} suffix=" ago" />.
                </>
              )}
            </Notice>
          ))}
        </section>
      ) : null}
    </>
  );
}
