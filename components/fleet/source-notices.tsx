'use client';

import { Lock, Unplug } from 'lucide-react';
import { Age } from '@/components/ui/age';
import { Notice } from '@/components/ui/notice';
import type { Source } from '@/lib/api/fleet';
import { kindOfPlural, PLANE_GROUP } from '@/lib/plane/kinds';

function names(sources: readonly Source[]): string {
  return sources.map((source) => `${source.plural}.${PLANE_GROUP}`).join(', ');
}

/** Kinds about which less is known than of the others, while the API server itself answers. */
export function SourceNotices({ sources }: { readonly sources: readonly Source[] }) {
  const forbidden = sources.filter((source) => source.state === 'forbidden');
  const lost = sources.filter((source) => source.state === 'lost');
  return (
    <>
      {forbidden.length > 0 && forbidden.length < sources.length ? (
        <Notice
          tone="neutral"
          icon={<Lock size={15} aria-hidden="true" />}
          title="Some kinds are not visible to you."
          className="border-x-0 border-b-0"
        >
          Listing them is refused; it takes list and watch on {names(forbidden)}.
        </Notice>
      ) : null}
      {lost.map((source) => (
        <Notice
          key={source.plural}
          tone="warning"
          icon={<Unplug size={15} aria-hidden="true" className="text-degraded" />}
          title={`No contact about ${(kindOfPlural(source.plural)?.words ?? source.plural).toLowerCase()}s.`}
          className="border-x-0 border-b-0"
        >
          {source.lastContactAt === null ? (
            'They have not been read yet.'
          ) : (
            <>
              Last heard <Age at={source.lastContactAt} suffix=" ago" />.
            </>
          )}{' '}
          {source.problem}
        </Notice>
      ))}
    </>
  );
}
