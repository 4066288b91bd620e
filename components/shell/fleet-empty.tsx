'use client';

import { CloudOff, KeyRound, Layers, Lock, PackageOpen, SearchX } from 'lucide-react';
import { Button, ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { ApiServer, Source } from '@/lib/api/fleet';
import { noPlanesReason } from '@/lib/plane/fleet/source-state';
import { PLANE_GROUP } from '@/lib/plane/model/kinds';
import { InstallHelp } from './install-help';

/**
 * Shown instead of a list without rows, with the first reason that explains it. The list counts as empty only when
 * every kind has been listed; before that, planes may exist.
 */
export function FleetEmpty({
  apiServer,
  sources,
  total,
  onClearFilters,
}: {
  readonly apiServer: ApiServer;
  readonly sources: readonly Source[];
  readonly total: number;
  readonly onClearFilters: () => void;
}) {
  if (total > 0) return <NoneMatch onClear={onClearFilters} />;
  switch (noPlanesReason(apiServer, sources)) {
    case 'unreachable':
      return <Unreachable problem={apiServer.problem} />;
    case 'unauthorized':
      return <Unauthorized />;
    case 'none-installed':
      return <InstallHelp icon={<PackageOpen size={20} aria-hidden="true" />} />;
    case 'connecting':
      return <FleetSkeleton text="Connecting to the API server…" />;
    case 'kinds-unknown':
      return apiServer.problem ? (
        <KindsUnknown problem={apiServer.problem} />
      ) : (
        <FleetSkeleton text="Checking which plane kinds are installed…" />
      );
    case 'forbidden':
      return <Forbidden sources={sources} />;
    case 'reading':
      return <FleetSkeleton text="Loading planes…" />;
    case 'none-visible':
      return <NoneVisible />;
    case 'none':
      return <NoPlanes />;
  }
}

function NoneMatch({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState
      icon={<SearchX size={20} aria-hidden="true" />}
      title="No planes match your search and filters"
      actions={
        <Button variant="outline" onClick={onClear}>
          Clear filters
        </Button>
      }
    />
  );
}

function NoPlanes() {
  return (
    <EmptyState
      icon={<Layers size={20} aria-hidden="true" />}
      title="No planes yet"
      actions={<ButtonLink href="/register">Register a plane</ButtonLink>}
    >
      A plane is a cluster that OpenChoreo uses to run, build or observe applications. Registered planes
      appear here automatically.
    </EmptyState>
  );
}

/** The notice above the list names the hidden kinds. */
function NoneVisible() {
  return (
    <EmptyState icon={<Lock size={20} aria-hidden="true" />} title="No visible planes">
      The kinds that you can see have no planes. Kinds that you can't see may have some.
    </EmptyState>
  );
}

function Unreachable({ problem }: { readonly problem: string | undefined }) {
  return (
    <EmptyState icon={<CloudOff size={20} aria-hidden="true" />} title="The API server isn't responding">
      <p>Planeboard can't show any planes until it responds, and keeps retrying.</p>
      {problem ? <p className="mt-3 break-words font-mono text-xs">{problem}</p> : null}
    </EmptyState>
  );
}

function KindsUnknown({ problem }: { readonly problem: string }) {
  return (
    <EmptyState
      icon={<CloudOff size={20} aria-hidden="true" />}
      title="Couldn't read the installed plane kinds"
    >
      <p>Planeboard can't show any planes without them, and keeps retrying.</p>
      <p className="mt-3 break-words font-mono text-xs">{problem}</p>
    </EmptyState>
  );
}

function Unauthorized() {
  return (
    <EmptyState
      icon={<KeyRound size={20} aria-hidden="true" />}
      title="The API server rejected Planeboard's credentials"
    >
      <p>They may have expired. Planeboard rereads them when the kubeconfig changes, and keeps retrying.</p>
    </EmptyState>
  );
}

function Forbidden({ sources }: { readonly sources: readonly Source[] }) {
  return (
    <EmptyState icon={<Lock size={20} aria-hidden="true" />} title="You can't list planes">
      <p>
        Ask an administrator for permission to <code className="font-mono text-ink">list</code> and{' '}
        <code className="font-mono text-ink">watch</code>, in all namespaces:
      </p>
      <ul className="mt-2 font-mono text-ink text-xs">
        {sources.map((source) => (
          <li key={source.plural}>
            {source.plural}.{PLANE_GROUP}
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}

/**
 * Bar widths that look like a list of names. The bars hold no data, so the text above them says what is happening.
 */
const WIDTHS = ['w-52', 'w-40', 'w-60', 'w-44', 'w-56', 'w-36', 'w-48', 'w-40'] as const;

/** A placeholder until the list is known. */
function FleetSkeleton({ text }: { readonly text: string }) {
  return (
    <div>
      <p role="status" className="px-4 py-3 text-muted">
        {text}
      </p>
      <div aria-hidden="true" className="shimmer border-line border-t bg-surface">
        {WIDTHS.map((width, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars never change.
          <div key={index} className="flex h-13 items-center gap-3 border-line border-b px-4">
            <span className="size-4 rounded-full bg-pressed" />
            <span className="h-3 w-20 rounded bg-pressed" />
            <span className={`ml-[12%] h-3 rounded bg-pressed ${width}`} />
            <span className="ml-auto h-3 w-16 rounded bg-pressed" />
          </div>
        ))}
      </div>
    </div>
  );
}
