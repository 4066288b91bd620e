'use client';

import { BadgeCheck, Search, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useState } from 'react';
import { FleetEmpty } from '@/components/shell/fleet-empty';
import { SourceNotices } from '@/components/shell/source-notices';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { IconLine } from '@/components/ui/notice';
import type { CertificateList } from '@/lib/api/certificate-list';
import type { FleetPlane } from '@/lib/api/fleet';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { useUrlState } from '@/lib/client/use-url-state';
import { isMoveOpen } from '@/lib/plane/agent-setup/ca-move';
import { groupedByStep } from '@/lib/plane/certificate-list/certificate-entry';
import {
  CERTIFICATE_KIND_LABELS,
  CERTIFICATE_KIND_MEANINGS,
  CERTIFICATE_KINDS,
} from '@/lib/plane/certificate-list/certificate-kind';
import { searchCertificates } from '@/lib/plane/certificate-list/certificate-search';
import type { StepGroup } from '@/lib/plane/certificate-list/next-step';
import { upcomingEvents } from '@/lib/plane/certificate-list/upcoming';
import { planeCountText } from '@/lib/plane/model/text';
import { CertificateGroup, GROUP_TITLES } from './certificate-group';
import { UpcomingCard } from './upcoming-card';
import { type Entry, useCertificateEntries } from './use-certificate-entries';

const parse = (parameters: URLSearchParams) => ({ search: parameters.get('q') ?? '' });
const searchOf = ({ search }: { readonly search: string }) =>
  search === '' ? '' : `?${new URLSearchParams({ q: search })}`;

/** The certificates of all planes that can be seen, grouped by what to do about them next. */
export function CertificatesScreen({
  initial,
  initialList,
}: {
  /** The planes, as the server rendered them; null if there are too many, and the feed brings them. */
  readonly initial: readonly FleetPlane[] | null;
  readonly initialList: CertificateList | null;
}) {
  const { apiServer, sources } = useFleetMeta();
  const { entries, rows, nowMs, problem } = useCertificateEntries(initial, initialList);
  const [{ search }, change] = useUrlState(parse, searchOf);
  const shown = useMemo(() => searchCertificates(entries ?? [], search), [entries, search]);
  const groups = useMemo(() => groupedByStep(shown), [shown]);
  const upcoming = useMemo(() => upcomingEvents(shown, nowMs), [shown, nowMs]);
  return (
    <div className="relative min-h-0 flex-1 overflow-auto print:overflow-visible">
      {entries === null || rows.size === 0 ? null : <SourceNotices />}
      <div className="mx-auto grid w-full max-w-[90rem] grid-cols-1 gap-4 px-4 pt-4 pb-12 sm:px-6">
        <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
          <div className="min-w-0">
            <h1 className="font-semibold text-xl tracking-tight">Certificates</h1>
            <p role="status" className="mt-0.5 text-pretty text-muted">
              {summary(groups)}
            </p>
          </div>
          {entries === null || entries.length === 0 ? null : (
            <SearchBox value={search} onChange={(next) => change({ search: next }, { typed: true })} />
          )}
        </header>
        {problem === null ? null : (
          <IconLine tone="warning">Issuers and places can't be read again: {problem}</IconLine>
        )}
        {entries === null ? (
          <p className="text-muted">Loading certificates…</p>
        ) : rows.size === 0 ? (
          <FleetEmpty apiServer={apiServer} sources={sources} />
        ) : entries.length === 0 ? (
          <EmptyState icon={<BadgeCheck size={20} aria-hidden="true" />} title="No certificates">
            None of the planes that you see depends on a certificate.
          </EmptyState>
        ) : groups.length === 0 ? (
          <EmptyState
            icon={<SearchX size={20} aria-hidden="true" />}
            title="No matches"
            actions={
              <Button variant="outline" onClick={() => change({ search: '' })}>
                Clear search
              </Button>
            }
          >
            No certificate matches "{search}".
          </EmptyState>
        ) : (
          <>
            <UpcomingCard events={upcoming} nowMs={nowMs} />
            {groups.map(({ group, entries: members }) => (
              <CertificateGroup key={group} group={group} entries={members} rows={rows} nowMs={nowMs}>
                <GroupHint group={group} entries={members} />
              </CertificateGroup>
            ))}
            <Legend />
          </>
        )}
      </div>
    </div>
  );
}

/** Counts what needs someone. That nothing does follows only from certificates that were checked. */
function summary(groups: ReturnType<typeof groupedByStep<FleetPlane>>): string {
  const counts = groups.map(
    ({ group, entries }) => `${GROUP_TITLES[group].toLowerCase()}: ${entries.length}`,
  );
  const text = counts.join(', ');
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function SearchBox({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  const [before, setBefore] = useState(value);
  // The URL changes from outside when someone goes back or clears the search.
  if (before !== value) {
    setBefore(value);
    setText(value);
  }
  return (
    <div className="relative flex w-full items-center sm:w-80">
      <Search size={14} aria-hidden="true" className="pointer-events-none absolute left-2.5 text-muted" />
      <input
        type="search"
        aria-label="Search certificates"
        placeholder="Plane, subject, issuer, Secret…"
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          onChange(event.target.value);
        }}
        className="h-8 w-full rounded-md border border-line bg-surface pr-2 pl-8 text-ink placeholder:text-muted hover:border-line-strong max-sm:text-base"
      />
    </div>
  );
}

/** Leads to the page that helps with a whole group. */
function GroupHint({ group, entries }: { readonly group: StepGroup; readonly entries: readonly Entry[] }) {
  if (group === 'unchecked')
    return entries.some(({ place }) => place?.secret) ? (
      <PageLink href="/ca-access" label="Show the Roles that let Planeboard check them">
        Planeboard's account reads a Secret only if it may.
      </PageLink>
    ) : null;
  const planes = entries.map(({ plane }) => plane);
  const moves = group === 'replace' || group === 'upcoming' ? planes.filter(isMoveOpen).length : 0;
  return moves === 0 ? null : (
    <PageLink
      href="/ca-moves"
      label={moves === 1 ? 'Move it to a CA of its own' : 'Move them to their own CAs'}
    >
      {planeCountText(moves)} {moves === 1 ? 'depends' : 'depend'} on a certificate that a renewal replaces.
    </PageLink>
  );
}

function PageLink({
  href,
  label,
  children,
}: {
  readonly href: `/${string}`;
  readonly label: string;
  readonly children: React.ReactNode;
}) {
  return (
    <p className="border-line border-b px-4 py-2 text-muted">
      {children}{' '}
      <Link
        href={href as '/'}
        prefetch={false}
        className="font-medium text-accent underline underline-offset-2"
      >
        {label}
      </Link>
    </p>
  );
}

/** What the kinds of certificates mean. */
function Legend() {
  return (
    <dl className="grid gap-x-4 gap-y-1 text-muted text-xs sm:grid-cols-[auto_minmax(0,1fr)]">
      {CERTIFICATE_KINDS.map((kind) => (
        <div key={kind} className="contents">
          <dt className="font-medium text-ink">{CERTIFICATE_KIND_LABELS[kind]}</dt>
          <dd>{CERTIFICATE_KIND_MEANINGS[kind]}</dd>
        </div>
      ))}
    </dl>
  );
}
