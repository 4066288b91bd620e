'use client';

import { Loader, Lock, Unplug } from 'lucide-react';
import { Notice } from '@/components/ui/notice';
import { Age } from '@/components/ui/time';
import type { Source } from '@/lib/api/fleet';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { isSourceFailing, isSourceReading } from '@/lib/plane/fleet/source-state';
import { kindOfPlural, PLANE_GROUP } from '@/lib/plane/model/kinds';
import { joinList } from '@/lib/plane/model/text';

function names(sources: readonly Source[]): string {
  return sources.map((source) => `${source.plural}.${PLANE_GROUP}`).join(', ');
}

/** Notices about kinds with missing or outdated data while the API server itself answers. */
export function SourceNotices() {
  const { apiServer, sources } = useFleetMeta();
  if (apiServer.state !== 'reachable') return null;
  const forbidden = sources.filter((source) => source.state === 'forbidden');
  const lost = sources.filter(isSourceFailing);
  const reading = sources.filter(isSourceReading);
  return (
    <>
      {forbidden.length > 0 && forbidden.length < sources.length ? (
        <Notice
          tone="neutral"
          icon={<Lock size={15} aria-hidden="true" />}
          title="You can't see some plane kinds."
          className="border-x-0 border-b-0"
        >
          Ask an administrator for permission to list and watch {names(forbidden)}.
        </Notice>
      ) : null}
      {reading.length > 0 ? (
        <Notice
          tone="neutral"
          icon={<Loader size={15} aria-hidden="true" />}
          title={`Still reading ${joinList(reading.map(kindLabel))}.`}
          className="border-x-0 border-b-0"
        >
          The list isn't complete yet.
        </Notice>
      ) : null}
      {lost.length > 0 ? (
        <Notice
          tone="warning"
          icon={<Unplug size={15} aria-hidden="true" className="text-degraded" />}
          title={`No live data for ${joinList(lost.map(kindLabel))}.`}
          className="border-x-0 border-b-0"
        >
          <LastContact sources={lost} />
        </Notice>
      ) : null}
    </>
  );
}

function kindLabel(source: Source): string {
  return `${(kindOfPlural(source.plural)?.label ?? source.plural).toLowerCase()}s`;
}

/** The oldest of the contacts, so that no kind looks fresher than it is. */
function LastContact({ sources }: { readonly sources: readonly Source[] }) {
  const contacts = sources.map((source) => source.lastContactAt);
  // All times have the same format, so their text sorts by time.
  const oldest = contacts.includes(null) ? null : (contacts.toSorted()[0] ?? null);
  const problems = [...new Set(sources.flatMap((source) => source.problem ?? []))];
  return (
    <>
      {oldest === null ? (
        'Not read yet.'
      ) : (
        <>
          Last updated <Age at={oldest} suffix=" ago" />.
        </>
      )}{' '}
      {problems.join(' ')}
    </>
  );
}
