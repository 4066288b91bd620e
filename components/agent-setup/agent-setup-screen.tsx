'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';
import { Card } from '@/components/ui/card';
import { DisclosureSummary } from '@/components/ui/disclosure-summary';
import type { FleetPlane } from '@/lib/api/fleet';
import type { AgentSetup } from '@/lib/plane/agent-setup/agent-setup';
import { CHECK_TITLES, type Check } from '@/lib/plane/agent-setup/setup-check';
import { type SetupOutcome, setupChecks, setupOutcome } from '@/lib/plane/agent-setup/setup-checks';
import type { SetupParameters } from '@/lib/plane/agent-setup/setup-link';
import { replacePath } from '@/lib/plane/model/care-url';
import type { KindFeatures } from '@/lib/plane/model/kind-features';
import type { KindEntry } from '@/lib/plane/model/kinds';
import { type PlaneIdentity, planeKey, planePath } from '@/lib/plane/model/plane-path';
import { AgentCommands } from './agent-commands';
import { CheckList } from './check-list';
import { ConnectedNotice } from './connected-notice';
import { RefreshNote } from './refresh-note';
import { SetupLinks } from './setup-links';
import { useAdviceCommands } from './use-advice-commands';
import { useAgentSetup } from './use-agent-setup';
import { useLiveSetup } from './use-live-setup';
import { usePlaneRefresh } from './use-plane-refresh';

/**
 * The last step of registering, at an address of its own: the commands for the plane's cluster and, live, how far the
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
  /** The plane, if there is one, and the others on its planeID, as the server rendered them. */
  readonly initial: readonly FleetPlane[];
  readonly controlPlaneNamespace: string;
  readonly readOnly: boolean;
}) {
  const live = useLiveSetup(entry, identity, parameters.planeID, initial);
  const plane = live.row?.plane ?? null;
  const setup = useAgentSetup(entry.plural, features, plane?.connection ?? null);
  const [touching, setTouching] = useState(false);
  const touch = usePlaneRefresh(planeKey(identity), touching, readOnly);
  const facts = {
    ...live,
    entry,
    identity,
    setup,
    expectedPlaneID: parameters.planeID,
    touchesMs: touch.touchesMs,
  };
  const checks = setupChecks(facts);
  const outcome = setupOutcome(checks, facts);

  const wantsTouch =
    plane?.reportsAgent === true && plane.deletingSince === undefined && outcome !== 'connected';
  useEffect(() => setTouching(wantsTouch), [wantsTouch]);
  // Whoever finds it connected has not waited for it.
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    if (outcome === 'waiting' || outcome === 'problem') setWaited(true);
  }, [outcome]);

  const planeID = plane?.planeID ?? parameters.planeID ?? (setup === 'commands' ? identity.name : '');
  const commandOf = useAdviceCommands(entry, planeID, controlPlaneNamespace);

  const connected = outcome === 'connected' ? live.row : null;
  return (
    // Positioned, or what is hidden from sight alone would make the whole document longer.
    <div className="relative min-h-0 flex-1 overflow-auto">
      <div className="mx-auto w-full max-w-[78rem] px-4 pt-4 pb-12 sm:px-6">
        <ConnectHeader entry={entry} identity={identity} planeID={planeID} exists={plane !== null} />
        <p role="status" className={connected ? 'sr-only' : 'mt-3 text-pretty'}>
          {outcomeSentence(outcome, checks, setup, plane)}
        </p>
        {outcome === 'unmonitored' ? (
          <div className="mt-3 flex flex-wrap gap-2">
            <SetupLinks identity={identity} />
          </div>
        ) : null}
        {connected ? (
          <div className="mt-4">
            <ConnectedNotice row={connected} celebrate={waited} />
          </div>
        ) : null}
        <div className="mt-5 grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
          <div className="min-w-0 lg:order-last lg:sticky lg:top-4">
            <Card title="Where it stands">
              <CheckList
                checks={setup === 'direct' ? withoutAgent(checks) : checks}
                commandOf={commandOf}
                replaceHref={plane && !readOnly ? replacePath(identity, 'agent-ca') : null}
              />
              <RefreshNote touch={touch} waiting={touching} />
            </Card>
          </div>
          {live.heard === 'not-installed' ? null : (
            <details
              // Once it is connected the commands are done with, and stay at hand.
              open={connected === null}
              className="group min-w-0 rounded-xl border border-line bg-surface"
            >
              <DisclosureSummary className="font-semibold">
                <h2>In the plane's cluster</h2>
              </DisclosureSummary>
              <div className="border-line border-t px-4 py-4">
                <AgentCommands
                  entry={entry}
                  setup={setup}
                  planeID={planeID}
                  identity={identity}
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

/** Of a cluster that is called directly, the sentence above says all that there is to say of an agent. */
function withoutAgent(checks: readonly Check[]): readonly Check[] {
  return checks.filter(({ id, state }) => state !== 'cannot-tell' || (id !== 'seen' && id !== 'trusted'));
}

function problemTitle(checks: readonly Check[]): string {
  const problem = checks.find(({ state }) => state === 'problem');
  return problem ? CHECK_TITLES[problem.id] : '';
}

/** What a screen reader is told when it changes, and everybody reads at once. */
function outcomeSentence(
  outcome: SetupOutcome,
  checks: readonly Check[],
  setup: AgentSetup,
  plane: Pick<FleetPlane, 'agent'> | null,
): string {
  switch (outcome) {
    case 'connected':
      return 'The plane is connected.';
    case 'unmonitored':
      return 'The plane is registered. Nothing measures its connection, so there is nothing to wait for here.';
    case 'problem':
      return `Something is in the way at “${problemTitle(checks)}”: it says what to do.`;
    case 'cannot-tell':
      return 'At the moment nothing can be told. This page goes on by itself.';
    case 'waiting':
      if (setup !== 'commands')
        return plane ? 'Waiting for the controller.' : 'Waiting for the plane to be created.';
      return plane?.agent?.lastConnectedTime === undefined
        ? "Unless the agent is there already, run the commands in the plane's cluster. This page turns green by itself, and can be left and opened again at any time."
        : 'Waiting for its agent to come back. This page turns green by itself.';
  }
}

function ConnectHeader({
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
        {entry.words}
        {identity.namespace === undefined ? '' : ` in namespace ${identity.namespace}`}
        {planeID === '' ? '' : ` · planeID ${planeID}`}
        {exists ? (
          <>
            {' · '}
            <Link href={planePath(identity)} className="text-accent underline underline-offset-2">
              its page
            </Link>
          </>
        ) : null}
      </p>
    </header>
  );
}
