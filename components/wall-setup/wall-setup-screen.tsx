'use client';

import { Lock, MonitorOff } from 'lucide-react';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { SourceNotices } from '@/components/shell/source-notices';
import { Notice } from '@/components/ui/notice';
import type { WallTokens } from '@/lib/api/wall';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { useFleetRows } from '@/lib/client/feed/live-fleet';
import { useUrlState } from '@/lib/client/use-url-state';
import { fleetFacets } from '@/lib/plane/fleet/fleet-facets';
import { areAllPlanesKnown, areKindsKnown } from '@/lib/plane/fleet/source-state';
import type { WallAddress } from '@/lib/plane/wall/wall-address';
import type { WallFilter } from '@/lib/plane/wall/wall-filter';
import { readWallForm } from '@/lib/plane/wall/wall-form';
import { WallModeCard } from './address-cards';
import { AppearanceCard } from './appearance-card';
import { LinkListCard } from './link-list-card';
import { PlanesCard } from './planes-card';
import { PreviewCard } from './preview-card';
import { WallAccess } from './wall-access';
import { everChosen, labelSuggestions, noNamespacesText, wallOptions } from './wall-options';
import { parseWallSetup, wallSetupSearch } from './wall-setup';

/** Sets up a wall: what it shows, how it looks, and how a screen opens it. */
export function WallSetupScreen({
  mode,
  readOnly,
  publicOrigin,
  namespace,
}: {
  readonly mode: WallTokens['mode'];
  readonly readOnly: boolean;
  /** The origin from PLANEBOARD_URL; null if it isn't set. */
  readonly publicOrigin: string | null;
  /** The namespace where links are stored. */
  readonly namespace: string;
}) {
  const [setup, change] = useUrlState(parseWallSetup, wallSetupSearch);
  const { address, problems } = useMemo(() => readWallForm(setup), [setup]);
  const isValid = Object.keys(problems).length === 0;
  const [linkName, setLinkName] = useState<string | null>(null);
  const shown = useMemo(() => titled(address, mode === 'token' ? linkName : null), [address, mode, linkName]);
  const origin = usePublicOrigin(publicOrigin);
  const { apiServer, sources, installation } = useFleetMeta();
  const rows = useFleetRows(false);
  const facets = useMemo(() => rows && fleetFacets(rows), [rows]);
  const labels = useMemo(() => labelSuggestions(facets), [facets]);
  const [chosen, setChosen] = useState<WallFilter>(setup);
  const chosenNow = everChosen(chosen, setup);
  if (chosenNow !== chosen) setChosen(chosenNow);
  const options = useMemo(
    () =>
      wallOptions(
        areKindsKnown(apiServer, sources) ? sources.map(({ plural }) => plural) : null,
        facets,
        areAllPlanesKnown(apiServer, sources),
        chosen,
      ),
    [apiServer, sources, facets, chosen],
  );
  return (
    // Positioned, so visually hidden elements scroll with the rest and don't lengthen the page.
    <div className="relative min-h-0 flex-1 overflow-auto print:overflow-visible">
      <SourceNotices />
      <div className="mx-auto w-full max-w-[88rem] px-4 pt-4 pb-10 sm:px-6">
        <header>
          <h1 className="font-semibold text-xl tracking-tight">Set up a wall</h1>
          <p className="mt-0.5 max-w-2xl text-pretty text-muted">
            A wall shows the state of your planes on an unattended screen, readable from across the room.
          </p>
        </header>
        <div className="mt-4 grid gap-2 empty:hidden">
          {mode === 'off' ? <OffNote /> : null}
          {readOnly && mode === 'token' ? <ReadOnlyNote /> : null}
        </div>
        <div className="mt-4 grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,27rem)_minmax(0,1fr)]">
          <div className="grid gap-4">
            <PlanesCard
              setup={setup}
              change={change}
              options={options}
              problems={problems}
              labels={labels}
              noPlanes={noNamespacesText(apiServer, sources, rows?.length ?? null)}
            />
            <AppearanceCard
              setup={setup}
              change={change}
              problems={problems}
              labelKeys={facets ? [...facets.labels.keys()] : []}
              untitled={
                mode === 'token'
                  ? "Without a title, the wall shows its link's name."
                  : `Without a title, the wall shows "${installation}".`
              }
            />
          </div>
          {/* Beside the form, so all of it is visible at once. */}
          <div className="grid gap-4 lg:[@media(min-height:54rem)]:sticky lg:[@media(min-height:54rem)]:top-4">
            <PreviewCard address={shown} screen={setup.screen} onScreen={(screen) => change({ screen })} />
            {origin === null ? null : (
              <WallAccess
                mode={mode}
                readOnly={readOnly}
                origin={origin}
                isConfigured={publicOrigin !== null}
                address={address}
                isValid={isValid}
                ownName={linkName}
                onName={setLinkName}
              />
            )}
          </div>
        </div>
        {mode === 'token' && origin !== null ? (
          <div className="mt-4 grid grid-cols-[minmax(0,1fr)] items-start gap-4">
            <WallModeCard origin={origin} address={address} isValid={isValid} />
            <LinkListCard namespace={namespace} />
          </div>
        ) : null}
      </div>
    </div>
  );
}

/** Names a wall without a title after its link. */
function titled(address: WallAddress, linkName: string | null): WallAddress {
  const { choices } = address;
  const name = linkName?.trim() ?? '';
  return choices.title !== null || name === ''
    ? address
    : { ...address, choices: { ...choices, title: name } };
}

/** Says that walls are off on this server. */
function OffNote() {
  return (
    <Notice
      tone="warning"
      icon={<MonitorOff size={15} aria-hidden="true" className="text-degraded" />}
      title="Walls are off (PLANEBOARD_WALL=off)."
      className="rounded-lg"
    >
      No screen can open a wall. Start Planeboard without this variable to admit screens with links, or with
      PLANEBOARD_WALL=open to admit anyone who can reach the server. This page's address keeps your choices.
    </Notice>
  );
}

/** Says that this server is read-only, which includes links. */
function ReadOnlyNote() {
  return (
    <Notice
      tone="neutral"
      icon={<Lock size={15} aria-hidden="true" />}
      title="Planeboard is read-only."
      className="rounded-lg"
    >
      You can't create or revoke wall links. Screens that already have a link can still show other planes.
    </Notice>
  );
}

const never = () => () => {};

/**
 * Returns the origin of links to this server: from PLANEBOARD_URL, otherwise as this browser reached it. Null on the
 * server and during hydration, where the browser's origin isn't known.
 */
function usePublicOrigin(configured: string | null): string | null {
  const own = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => null,
  );
  return configured ?? own;
}
