'use client';

import { CloudOff, KeyRound, Layers, Lock, PackageOpen, SearchX } from 'lucide-react';
import { Button, ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { ApiServer, Source } from '@/lib/api/fleet';
import { noPlanesReason } from '@/lib/plane/fleet/source-state';
import { PLANE_GROUP } from '@/lib/plane/model/kinds';
import { InstallHelp } from './install-help';

/**
 * Shown instead of a list without rows, with the first reason that explains it. The list is called empty only when
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
      return <Unauthorized problem={apiServer.problem} />;
    case 'none-installed':
      return <InstallHelp icon={<PackageOpen size={20} aria-hidden="true" />} />;
    case 'connecting':
      return <FleetSkeleton text="Connecting to the API server…" />;
    case 'kinds-unknown':
      return apiServer.problem ? (
        <KindsUnknown problem={apiServer.problem} />
      ) : (
        <FleetSkeleton text="Asking which kinds are installed…" />
      );
    case 'forbidden':
      return <Forbidden sources={sources} />;
    case 'reading':
      return <FleetSkeleton text="Reading the planes…" />;
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
      title="No plane matches"
      actions={
        <Button variant="outline" onClick={onClear}>
          Clear filters
        </Button>
      }
    >
      None of the planes has everything that the search and the filters ask for.
    </EmptyState>
  );
}

function NoPlanes() {
  return (
    <EmptyState
      icon={<Layers size={20} aria-hidden="true" />}
      title="No planes yet"
      actions={<ButtonLink href="/register">Register a plane</ButtonLink>}
    >
      A plane stands for a cluster that OpenChoreo uses, to run applications, to build them or to watch them.
      None is registered yet; as soon as one is, it appears here by itself.
    </EmptyState>
  );
}

/** The notice above the list names the hidden kinds. */
function NoneVisible() {
  return (
    <EmptyState icon={<Lock size={20} aria-hidden="true" />} title="No planes that you may see">
      The kinds that you may see have none. Whether the others have any is not known.
    </EmptyState>
  );
}

function Unreachable({ problem }: { readonly problem: string | undefined }) {
  return (
    <EmptyState icon={<CloudOff size={20} aria-hidden="true" />} title="The API server cannot be reached">
      <p>
        What planes there are, and how they are, is not known. Planeboard keeps trying and goes on by itself.
      </p>
      {problem ? <p className="mt-3 break-words font-mono text-xs">{problem}</p> : null}
    </EmptyState>
  );
}

function KindsUnknown({ problem }: { readonly problem: string }) {
  return (
    <EmptyState
      icon={<CloudOff size={20} aria-hidden="true" />}
      title="The API server does not tell which kinds are installed"
    >
      <p>So what planes there are is not known. Planeboard keeps asking and goes on by itself.</p>
      <p className="mt-3 break-words font-mono text-xs">{problem}</p>
    </EmptyState>
  );
}

function Unauthorized({ problem }: { readonly problem: string | undefined }) {
  return (
    <EmptyState
      icon={<KeyRound size={20} aria-hidden="true" />}
      title="The API server refuses Planeboard's credentials"
    >
      <p>
        They may have expired. They are read again when the kubeconfig changes, and Planeboard keeps trying.
      </p>
      {problem ? <p className="mt-3 break-words font-mono text-xs">{problem}</p> : null}
    </EmptyState>
  );
}

function Forbidden({ sources }: { readonly sources: readonly Source[] }) {
  return (
    <EmptyState icon={<Lock size={20} aria-hidden="true" />} title="You may not see the planes">
      <p>
        It takes the verbs <code className="font-mono text-ink">list</code> and{' '}
        <code className="font-mono text-ink">watch</code>, in all namespaces, on:
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
