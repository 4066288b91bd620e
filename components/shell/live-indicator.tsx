'use client';

import { clsx } from 'clsx';
import { useFeedDelivery, useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { formatTickingAge } from '@/lib/plane/time/age';
import { useDataAge } from './data-age';

/** The age of the data, always visible: subdued while they are current, prominent when they aren't. */
export function LiveIndicator() {
  const { state, ageSeconds } = useDataAge();
  const { apiServer } = useFleetMeta();
  const isLive = useFeedDelivery() === 'stream';
  // Data that haven't arrived yet aren't a problem; data that stopped or never came are.
  const calm =
    state === 'live' || state === 'opening' || state === 'listing' || apiServer.state === 'connecting';
  const age = ageSeconds === null ? null : formatTickingAge(ageSeconds * 1000);
  const label = {
    live: isLive ? 'Live' : 'Polling',
    opening: 'Connecting',
    listing: 'Loading',
    partial: 'Partly live',
    old: 'Old data',
    never: calm ? 'Connecting' : 'No data',
  }[state];
  return (
    <span
      title="Age of the data: time since the last contact with Planeboard or the API server, or since a watch last proved that it delivers changes, whichever is longest"
      className={clsx(
        'tabular inline-flex items-center gap-1.5 whitespace-nowrap text-xs',
        calm ? 'text-muted' : 'font-semibold text-disconnected',
      )}
    >
      <Dot live={state === 'live' && isLive} calm={calm} />
      {label}
      {age === null ? null : (
        <>
          <span aria-hidden="true">·</span>
          <span className="inline-block min-w-[4ch]">{age}</span>
        </>
      )}
    </span>
  );
}

/** Solid while live, otherwise a ring: the shape differs as well as the color. */
function Dot({ live, calm }: { readonly live: boolean; readonly calm: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'size-2 rounded-full',
        live ? 'bg-healthy' : ['border-2', calm ? 'border-muted' : 'border-disconnected'],
      )}
    />
  );
}
