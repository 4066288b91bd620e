'use client';

import { EyeOff, Unplug } from 'lucide-react';
import { Notice } from '@/components/ui/notice';
import { Utc } from '@/components/ui/time';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { isSourceFailing } from '@/lib/plane/fleet/source-state';
import { kindOfPlural, PLANE_GROUP } from '@/lib/plane/model/kinds';

const EDGES = 'border-x-0 border-t-0';

/**
 * Warns on a plane's page that its kind isn't live although the API server answers. The page's header says "Live"
 * then, which isn't true for this plane.
 */
export function SourceNotice({ plural }: { readonly plural: string }) {
  const { apiServer, sources } = useFleetMeta();
  const source = apiServer.state === 'reachable' ? sources.find((item) => item.plural === plural) : undefined;
  return (
    <div role="status">
      {source && isSourceFailing(source) ? (
        <Notice
          tone="warning"
          icon={<Unplug size={15} aria-hidden="true" className="text-degraded" />}
          title={`No contact about ${(kindOfPlural(plural)?.label ?? plural).toLowerCase()}s.`}
          className={EDGES}
        >
          {source.lastContactAt === null ? (
            'They have not been read yet.'
          ) : (
            <>
              Last heard at <Utc at={source.lastContactAt} />.
            </>
          )}{' '}
          {source.problem}
        </Notice>
      ) : null}
      {source?.state === 'forbidden' ? (
        <Notice
          tone="neutral"
          icon={<EyeOff size={15} aria-hidden="true" />}
          title="This page does not follow the plane."
          className={EDGES}
        >
          It is as it was when the page was loaded: to follow it takes list and watch on {plural}.
          {PLANE_GROUP}.
        </Notice>
      ) : null}
    </div>
  );
}
