import { expect, test } from 'vitest';
import { setupChecks } from '@/lib/plane/agent-setup/setup-checks';
import type { SetupFacts } from '@/lib/plane/agent-setup/setup-facts';
import { hasReportedAgent } from '@/lib/plane/health/agent-history';
import { hasFreshAgent } from '@/lib/plane/health/fresh-agent';
import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import { kindOfName } from '@/lib/plane/model/kinds';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { inputOf, judged } from '@/testing/plane/diagnosis-fixture';
import {
  agent,
  clusterPlane,
  frozen,
  gone,
  never,
  old,
  unreported,
} from '@/testing/plane/findings/sample-planes';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { diagnose } from './diagnose';

const AGENTS = { connected: agent(), frozen, gone, never, unreported };
const OWN = {
  'an old namespaced plane': aPlane(old),
  'a new namespaced plane': aPlane({ createdAt: ago(MINUTE_MS) }),
  'an old cluster-wide plane': clusterPlane(old),
};

const cases = Object.entries(OWN).flatMap(([plane, base]) =>
  Object.entries(AGENTS).flatMap(([own, ownAgent]) =>
    Object.entries(AGENTS).map(([sibling, siblingAgent]) => ({
      name: `${plane}, ${own}, beside one that is ${sibling}`,
      plane: { ...base, agent: ownAgent },
      sibling: judged(
        base.namespace === undefined
          ? aPlane({ ...old, name: 'other', uid: 'uid-other', agent: siblingAgent })
          : clusterPlane({ ...old, name: 'other', uid: 'uid-other', agent: siblingAgent }),
      ),
    })),
  ),
);

/** Everything that the list, the wall, the plane's page and the setup page say about its agent. */
function textsOf({ plane, sibling }: (typeof cases)[number]): string[] {
  const isFresh = hasFreshAgent(sibling);
  const siblingAgent =
    isFresh && plane.agent.connected === false ? { connectedAt: ago(MINUTE_MS * 10) } : null;
  const input = inputOf({
    plane,
    others: [sibling],
    facts: siblingAgent ? { siblingAgent } : {},
  });
  const entry = kindOfName(plane.kind);
  if (!entry) throw new Error('No such kind.');
  const setup: SetupFacts = {
    entry,
    identity: plane,
    setup: 'commands',
    expectedPlaneID: null,
    row: input.row,
    listed: 'yes',
    contactAtMs: NOW_MS - 1000,
    apiServerProblem: null,
    siblings: [sibling],
    incident: false,
    refreshesMs: [],
    limits: DEFAULT_LIMITS,
    nowMs: NOW_MS,
  };
  return [
    ...input.row.health.reasons.map(({ message }) => message),
    ...diagnose(input).flatMap(({ known, consequence }) => [known, consequence]),
    ...setupChecks(setup).map(({ message }) => message),
  ];
}

test('no text says that no agent has connected on a planeID while another plane shows one', () => {
  const found = cases.flatMap((one) => {
    if (!hasReportedAgent(one.sibling.plane)) return [];
    const wrong = textsOf(one).filter((text) =>
      /no agent (with planeID "[^"]*" )?has (ever )?connected|no agent has connected/i.test(text),
    );
    return wrong.map((text) => `${one.name}: ${text}`);
  });
  expect(found).toEqual([]);
});

test('no text says that no agent is connected on a planeID while another plane reports a fresh one', () => {
  const found = cases.flatMap((one) => {
    if (!hasFreshAgent(one.sibling)) return [];
    return textsOf(one)
      .filter((text) => /no agent is connected/i.test(text))
      .map((text) => `${one.name}: ${text}`);
  });
  expect(found).toEqual([]);
});
