'use client';

import { Loader, Lock, Unplug } from 'lucide-react';
import { Notice } from '@/components/ui/notice';
import { Age } from '@/components/ui/time';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { isSourceFailing, isSourceReading, type WatchState, watchesOf } from '@/lib/plane/fleet/source-state';
import type { WatchScope } from '@/lib/plane/fleet/watch-scope';
import { kindOfPlural, PLANE_GROUP } from '@/lib/plane/model/kinds';
import { joinList } from '@/lib/plane/model/text';

/** Notices about kinds with missing or outdated data while the API server itself answers. */
export function SourceNotices() {
  const { apiServer, sources } = useFleetMeta();
  if (apiServer.state !== 'reachable') return null;
  const watches = watchesOf(sources);
  const forbidden = watches.filter(({ state }) => state === 'forbidden');
  // What you can't see has no problem: it's not an error of Planeboard's account.
  const toPlaneboard = forbidden.filter(({ problem }) => problem !== undefined);
  const toYou = forbidden.filter(({ problem }) => problem === undefined);
  const lost = watches.filter(isSourceFailing);
  const reading = watches.filter(isSourceReading);
  const someVisible = forbidden.length < watches.length;
  return (
    <>
      {toPlaneboard.length > 0 && someVisible ? (
        <Notice
          tone="neutral"
          icon={<Lock size={15} aria-hidden="true" />}
          title="Some planes aren't visible to Planeboard."
          className="border-x-0 border-b-0"
        >
          To show them, grant its account permission to list and watch {resourcesText(toPlaneboard)}.
        </Notice>
      ) : null}
      {toYou.length > 0 && someVisible ? (
        <Notice
          tone="neutral"
          icon={<Lock size={15} aria-hidden="true" />}
          title="You can't see some plane kinds."
          className="border-x-0 border-b-0"
        >
          Ask an administrator for permission to list and watch {resourcesText(toYou)}.
        </Notice>
      ) : null}
      {reading.length > 0 ? (
        <Notice
          tone="neutral"
          icon={<Loader size={15} aria-hidden="true" />}
          title={`Still reading ${watchedText(reading)}.`}
          className="border-x-0 border-b-0"
        >
          The list isn't complete yet.
        </Notice>
      ) : null}
      {lost.length > 0 ? (
        <Notice
          tone="warning"
          icon={<Unplug size={15} aria-hidden="true" className="text-degraded" />}
          title={`No live data for ${watchedText(lost)}.`}
          className="border-x-0 border-b-0"
        >
          <LastContact watches={lost} />
        </Notice>
      ) : null}
    </>
  );
}

type Watch = WatchState & WatchScope;

function resourcesText(watches: readonly Watch[]): string {
  return joinList(byKind(watches).map(([plural, where]) => `${plural}.${PLANE_GROUP}${where}`));
}

function watchedText(watches: readonly Watch[]): string {
  return joinList(byKind(watches).map(([plural, where]) => `${kindLabel(plural)}${where}`));
}

function kindLabel(plural: string): string {
  return `${(kindOfPlural(plural)?.label ?? plural).toLowerCase()}s`;
}

/** Returns each kind with the namespaces concerned, as in ` in acme and beta`; empty for a whole kind. */
function byKind(watches: readonly Watch[]): [string, string][] {
  const found = new Map<string, string[]>();
  for (const { plural, namespace } of watches)
    found.set(plural, [...(found.get(plural) ?? []), ...(namespace === undefined ? [] : [namespace])]);
  return [...found].map(([plural, namespaces]) => [
    plural,
    namespaces.length === 0 ? '' : ` in ${joinList(namespaces)}`,
  ]);
}

/** The oldest of the contacts, so that no kind looks fresher than it is. */
function LastContact({ watches }: { readonly watches: readonly WatchState[] }) {
  const contacts = watches.map(({ lastContactAt }) => lastContactAt);
  // All times have the same format, so their text sorts by time.
  const oldest = contacts.includes(null) ? null : (contacts.toSorted()[0] ?? null);
  const problems = [...new Set(watches.flatMap(({ problem }) => problem ?? []))];
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
