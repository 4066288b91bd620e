'use client';

import { Siren } from 'lucide-react';
import { Notice } from '@/components/ui/notice';
import { Age } from '@/components/ui/time';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';

/** All planes lost together is told once, here, and not as many times as there are planes. */
export function IncidentBanner() {
  const { incidents } = useFleetMeta();
  return (
    <>
      {/* Only what stays as it is, is announced: an age that ticks would never let a screen reader finish. */}
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
