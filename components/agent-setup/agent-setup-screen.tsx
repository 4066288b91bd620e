'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { Card } from '@/components/ui/card';
import { DisclosureSummary } from '@/components/ui/disclosure-summary';
import type { FleetPlane } from '@/lib/api/fleet';
import { planeDetailQuery } from '@/lib/client/api/queries';
import { useKindFeatures } from '@/lib/client/api/use-kind-features';
import { agentSetup } from '@/lib/plane/agent-setup/agent-setup';
import { outcomeText, setupChecks, setupOutcome } from '@/lib/plane/agent-setup/setup-checks';
import type { SetupParameters } from '@/lib/plane/agent-setup/setup-link';
import type { Check } from '@/lib/plane/agent-setup/verdict';
import { isJsonObject } from '@/lib/plane/json/json';
import type { KindFeatures } from '@/lib/plane/model/kind-features';
import type { KindEntry } from '@/lib/plane/model/kinds';
import { type PlaneIdentity, planeKey, planePath } from '@/lib/plane/model/plane-path';
import { replacePath } from '@/lib/plane/model/plane-task';
import { secretStoreName } from '@/lib/plane/model/secret-store';
import { AgentCommands } from './agent-commands';
import { ConnectedNotice, NextLinks } from './connected-notice';
import { SetupChecks } from './setup-checks';
import { useLiveSetup } from './use-live-setup';
import { type PeriodicRefresh, usePeriodicRefresh } from './use-periodic-refresh';

/**
 * The last step of a registration, at its own address: the commands for the plane's cluster and, live, how far the
 * plane has come. It works before the plane exists, never times out, and holds nothing that a reload would lose.
 */
export function AgentSetupScreen({
  entry,
  identity,
  features,
  parameters,
  initial,
  controlPlaneNamespace,
  readOnly,
}: {
  readonly entry: KindEntry;
  readonly identity: PlaneIdentity;
  readonly features: KindFeatures;
  readonly parameters: SetupParameters;
  /** The plane, if it exists, and its siblings, as the server rendered them. */
  readonly initial: readonly FleetPlane[];
  readonly controlPlaneNamespace: string;
  readonly readOnly: boolean;
}) {
  const live = useLiveSetup(entry, identity, parameters.planeID, initial);
  const plane = live.row?.plane ?? null;
  const setup = agentSetup(useKindFeatures(entry.plural, features), plane?.connection ?? null);
  const [refreshing, setRefreshing] = useState(false);
  const refresh = usePeriodicRefresh(planeKey(identity), refreshing, readOnly);
  const facts = {
    ...live,
    entry,
    identity,
    setup,
    expectedPlaneID: parameters.planeID,
    refreshesMs: refresh.refreshesMs,
  };
  const checks = setupChecks(facts);
  const outcome = setupOutcome(checks, facts);

  const wantsRefresh =
    plane?.reportsAgent === true && plane.deletingSince === undefined && outcome !== 'connected';
  useEffect(() => setRefreshing(wantsRefresh), [wantsRefresh]);
  // A plane that is already connected when the page opens wasn't waited for.
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    if (outcome === 'waiting' || outcome === 'problem') setWaited(true);
  }, [outcome]);

  const planeID = plane?.planeID ?? parameters.planeID ?? (setup === 'commands' ? identity.name : '');

  const secretStore = useSecretStore(identity, plane !== null);

  const connected = outcome === 'connected' ? live.row : null;
  return (
    // Positioned: otherwise visually hidden elements would lengthen the whole document.
    <div className="relative min-h-0 flex-1 overflow-auto print:overflow-visible">
      <div className="mx-auto w-full max-w-[78rem] px-4 pt-4 pb-12 sm:px-6">
        <SetupHeader entry={entry} identity={identity} planeID={planeID} exists={plane !== null} />
        <p role="status" className={connected ? 'sr-only' : 'mt-3 text-pretty'}>
          {outcomeText(outcome, checks, setup, plane)}
        </p>
        {outcome === 'unmonitored' ? (
          <div className="mt-3 flex flex-wrap gap-2">
            <NextLinks identity={identity} />
          </div>
        ) : null}
        {connected ? (
          <div className="mt-4">
            <ConnectedNotice row={connected} celebrate={waited} />
          </div>
        ) : null}
        <div className="mt-5 grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
          <div className="min-w-0 lg:order-last lg:sticky lg:top-4">
            <Card title="Setup progress">
              <SetupChecks
                checks={setup === 'direct' ? withoutAgent(checks) : checks}
                entry={entry}
                planeID={planeID}
                controlPlaneNamespace={controlPlaneNamespace}
                replaceHref={plane && !readOnly ? replacePath(identity, 'agent-ca') : null}
              />
              <RefreshNote refresh={refresh} waiting={refreshing} />
            </Card>
          </div>
          {live.listed === 'not-installed' || setup === 'direct' ? null : (
            <details
              // Once the plane is connected, the commands fold away but stay available.
              open={connected === null}
              className="group min-w-0 rounded-xl border border-line bg-surface"
            >
              <DisclosureSummary className="font-semibold">
                <h2>Agent installation</h2>
              </DisclosureSummary>
              <div className="border-line border-t px-4 py-4">
                <AgentCommands
                  entry={entry}
                  setup={setup}
                  planeID={planeID}
                  identity={identity}
                  secretStore={secretStore}
                  registered={plane?.facts.certificate ?? null}
                  parameters={parameters}
                />
              </div>
            </details>
          )}
        </div>
      </div>
    </div>
  );
}

/** Removes the agent's checks for a cluster that is called directly: the sentence above already covers them. */
function withoutAgent(checks: readonly Check[]): readonly Check[] {
  return checks.filter(({ id, state }) => state !== 'cannot-tell' || (id !== 'seen' && id !== 'trusted'));
}

function SetupHeader({
  entry,
  identity,
  planeID,
  exists,
}: {
  readonly entry: KindEntry;
  readonly identity: PlaneIdentity;
  readonly planeID: string;
  readonly exists: boolean;
}) {
  return (
    <header>
      <h1 className="break-words font-semibold text-xl tracking-tight">Connect {identity.name}</h1>
      <p className="mt-0.5 break-words text-muted">
        {entry.label}
        {identity.namespace === undefined ? '' : ` in namespace ${identity.namespace}`}
        {planeID === '' ? '' : ` · planeID ${planeID}`}
        {exists ? (
          <>
            {' · '}
            <Link href={planePath(identity)} className="text-accent underline underline-offset-2">
              View plane
            </Link>
          </>
        ) : null}
      </p>
    </header>
  );
}

/** Says when to expect the next status change. */
function RefreshNote({
  refresh,
  waiting,
}: {
  readonly refresh: PeriodicRefresh;
  /** Whether the plane exists and the page waits for something. */
  readonly waiting: boolean;
}) {
  const text = refreshText(refresh, waiting);
  return text === null ? null : <p className="mt-4 text-pretty text-muted text-xs">{text}</p>;
}

function refreshText({ stopped, problem }: PeriodicRefresh, waiting: boolean): string | null {
  if (stopped === 'read-only')
    return "Planeboard is read-only, so it can't refresh the status. Changes may take a minute to show.";
  if (stopped === 'forbidden')
    return "You can't patch this plane, so its status isn't refreshed. Changes may take a minute to show.";
  if (!waiting) return null;
  if (problem !== null) return `The last status refresh wasn't confirmed. ${problem}`;
  return 'While this page is visible, it keeps refreshing the status, so changes show within seconds.';
}

/** Returns the ClusterSecretStore that an existing plane names, or null. */
function useSecretStore(identity: PlaneIdentity, exists: boolean): string | null {
  const { data } = useQuery({ ...planeDetailQuery(identity), enabled: exists });
  return data && isJsonObject(data.spec) ? secretStoreName(data.spec) : null;
}
