'use client';

import { CloudOff, KeyRound, Layers, Lock, PackageOpen } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { ApiServer, Source } from '@/lib/api/fleet';
import { NO_PLANES_TITLES, noPlanesReason } from '@/lib/plane/fleet/source-state';
import { kindOfPlural, PLANE_GROUP } from '@/lib/plane/model/kinds';
import { joinList } from '@/lib/plane/model/text';
import { InstallHelp } from './install-help';

/**
 * Shown instead of a list of planes when no plane is known, with the first reason that explains it. The fleet counts as
 * empty only when every kind has been listed; before that, planes may exist.
 */
export function FleetEmpty({
  apiServer,
  sources,
}: {
  readonly apiServer: ApiServer;
  readonly sources: readonly Source[];
}) {
  switch (noPlanesReason(apiServer, sources)) {
    case 'unreachable':
      return <Unreachable problem={apiServer.problem} />;
    case 'unauthorized':
      return <Unauthorized />;
    case 'none-installed':
      return <InstallHelp icon={<PackageOpen size={20} aria-hidden="true" />} />;
    case 'connecting':
      return <FleetSkeleton text={NO_PLANES_TITLES.connecting} />;
    case 'kinds-unknown':
      return apiServer.problem ? (
        <KindsUnknown problem={apiServer.problem} />
      ) : (
        <FleetSkeleton text={NO_PLANES_TITLES['kinds-unknown']} />
      );
    case 'forbidden':
      return <Forbidden sources={sources} />;
    case 'reading':
      return <FleetSkeleton text={NO_PLANES_TITLES.reading} />;
    case 'none-visible':
      return <NoneVisible />;
    case 'none':
      return <NoPlanes />;
  }
}

function NoPlanes() {
  return (
    <EmptyState
      icon={<Layers size={20} aria-hidden="true" />}
      title={NO_PLANES_TITLES.none}
      actions={<ButtonLink href="/register">Register a plane</ButtonLink>}
    >
      A plane is a cluster that OpenChoreo uses to run, build or observe applications. Registered planes
      appear here automatically.
    </EmptyState>
  );
}

/** The notice above the list names what is hidden. */
function NoneVisible() {
  return (
    <EmptyState icon={<Lock size={20} aria-hidden="true" />} title={NO_PLANES_TITLES['none-visible']}>
      What you can see has no planes. Other kinds or namespaces may have some.
    </EmptyState>
  );
}

function Unreachable({ problem }: { readonly problem: string | undefined }) {
  return (
    <EmptyState icon={<CloudOff size={20} aria-hidden="true" />} title={NO_PLANES_TITLES.unreachable}>
      <p>Planeboard can't show any planes yet, and keeps retrying.</p>
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
    <EmptyState icon={<KeyRound size={20} aria-hidden="true" />} title={NO_PLANES_TITLES.unauthorized}>
      <p>They may have expired. Planeboard rereads them when the kubeconfig changes, and keeps retrying.</p>
    </EmptyState>
  );
}

function Forbidden({ sources }: { readonly sources: readonly Source[] }) {
  return (
    <EmptyState icon={<Lock size={20} aria-hidden="true" />} title={NO_PLANES_TITLES.forbidden}>
      <p>
        Ask an administrator for permission to <code className="font-mono text-ink">list</code> and{' '}
        <code className="font-mono text-ink">watch</code>:
      </p>
      <ul className="mt-2 font-mono text-ink text-xs">
        {sources.map(({ plural, namespaces }) => (
          <li key={plural}>
            {plural}.{PLANE_GROUP}
            {kindOfPlural(plural)?.scope === 'Namespaced'
              ? ` in ${namespaces ? joinList(namespaces.map(({ namespace }) => namespace)) : 'all namespaces'}`
              : ''}
          </li>
        ))}
      </ul>
      {sources.some(isWatchedAsWhole) ? (
        <p className="mt-2">
          If Planeboard should show only some namespaces, set{' '}
          <code className="font-mono text-ink">PLANEBOARD_NAMESPACES</code>.
        </p>
      ) : null}
    </EmptyState>
  );
}

/** Whether Planeboard's own account, not you, can't list a kind in all namespaces. */
function isWatchedAsWhole({ plural, namespaces, problem }: Source): boolean {
  return kindOfPlural(plural)?.scope === 'Namespaced' && !namespaces && problem !== undefined;
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
