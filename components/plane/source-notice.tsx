'use client';

import { EyeOff, Unplug } from 'lucide-react';
import { Notice } from '@/components/ui/notice';
import { Utc } from '@/components/ui/time';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { isSourceFailing, watchOf } from '@/lib/plane/fleet/source-state';
import type { WatchScope } from '@/lib/plane/fleet/watch-scope';
import { kindOfPlural, PLANE_GROUP } from '@/lib/plane/model/kinds';

const EDGES = 'border-x-0 border-t-0';

/**
 * Warns on a plane's page that its kind isn't live where the plane is although the API server answers. The page's header says "Live"
 * then, which isn't true for this plane.
 */
export function SourceNotice({ plane }: { readonly plane: WatchScope }) {
  const { plural } = plane;
  const { apiServer, sources } = useFleetMeta();
  const source = apiServer.state === 'reachable' ? watchOf(sources, plane) : undefined;
  return (
    <div role="status">
      {source && isSourceFailing(source) ? (
        <Notice
          tone="warning"
          icon={<Unplug size={15} aria-hidden="true" className="text-degraded" />}
          title={`No live data for ${(kindOfPlural(plural)?.label ?? plural).toLowerCase()}s.`}
          className={EDGES}
        >
          {source.lastContactAt === null ? (
            'Not read yet.'
          ) : (
            <>
              Last updated at <Utc at={source.lastContactAt} />.
            </>
          )}{' '}
          {source.problem}
        </Notice>
      ) : null}
      {source?.state === 'forbidden' ? (
        <Notice
          tone="neutral"
          icon={<EyeOff size={15} aria-hidden="true" />}
          title="Live updates are off for this plane."
          className={EDGES}
        >
          The page shows the plane as it was last read. Live updates require permission to list and watch{' '}
          {plural}.{PLANE_GROUP}.
        </Notice>
      ) : null}
    </div>
  );
}
