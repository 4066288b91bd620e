import { describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/plane/time/duration';
import {
  aControlPlane,
  inputOf,
  relatedResourcesWith,
  type Situation,
} from '@/testing/plane/diagnosis-fixture';
import {
  another,
  frozen,
  gatewayDown,
  gone,
  incident,
  parsed,
  withoutAgent,
} from '@/testing/plane/findings/sample-planes';
import { gatewayFacts } from '@/testing/plane/gateway-facts';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { controlPlaneView } from './control-plane-view';
import { diagnose } from './diagnose';
import type { FindingCode } from './diagnosis-finding';

/** Returns the finding of a code in a situation. */
function finding(code: FindingCode, situation: Situation) {
  const found = diagnose(inputOf(situation)).find((one) => one.code === code);
  if (!found) throw new Error(`no ${code}`);
  return found;
}

const stale = aPlane({ agent: frozen });
const alsoFrozen = another('eu', { agent: frozen });
const fresh = another('us');
const freshOfOtherKind = another('ci', { kind: 'WorkflowPlane', plural: 'workflowplanes' });
const silentLease = {
  name: 'openchoreo.dev',
  holder: null,
  renewedAt: ago(2 * HOUR_MS),
  renewals: 'none' as const,
};

/** Two replicas without a mesh, and how many of them are ready. */
function split(readyReplicas: number) {
  const controlPlane = aControlPlane();
  const workloads = controlPlane.workloads.map((one) =>
    one.role === 'gateway' ? { ...one, desiredReplicas: 2, readyReplicas } : one,
  );
  return relatedResourcesWith({ controlPlane: { ...controlPlane, workloads } });
}

describe('a stale status', () => {
  test.each<{ when: string; situation: Situation; known: string; consequence: string }>([
    {
      when: 'without another plane to compare with',
      situation: {},
      known: 'You see no other plane with an agent to compare it with.',
      consequence: 'Either the controller or the gateway has stopped.',
    },
    {
      when: 'beside one that went stale at the same time',
      situation: { others: [alsoFrozen] },
      known: 'One other plane is stale too, since about the same time. No other plane has a fresh heartbeat.',
      consequence: 'Either the controller or the gateway has stopped.',
    },
    {
      when: 'beside one that went stale at another time',
      situation: { others: [another('eu', { agent: { ...frozen, lastHeartbeatTime: ago(DAY_MS) } }), fresh] },
      known:
        'One other plane is stale too, but since a different time. One other plane has a fresh heartbeat.',
      consequence: "Check the controller's log for why it fails on this one.",
    },
    {
      when: 'beside live planes of another kind',
      situation: { others: [freshOfOtherKind] },
      known: "It's the only stale plane that you see. One other plane has a fresh heartbeat.",
      consequence: "This kind's controller has probably stopped or fails on this plane.",
    },
    {
      when: 'with its Secret missing',
      situation: {
        others: [fresh],
        facts: { certificate: { state: 'secret-missing', secret: 'acme/ca' } },
      },
      known: 'the only stale plane',
      consequence: "because of the agent CA. Secret acme/ca, which should hold the agent CA, doesn't exist.",
    },
    {
      when: 'with an unobserved change',
      situation: { others: [fresh], plane: { ...stale, generation: 2, specChangedAt: ago(HOUR_MS) } },
      known: 'the only stale plane',
      consequence: "The controller probably can't apply this plane's last change.",
    },
    {
      when: 'with an expired lease',
      situation: {
        related: relatedResourcesWith({ controlPlane: aControlPlane({ lease: silentLease }) }),
      },
      known: 'You see no other plane',
      consequence: "The controller isn't working, which explains stale statuses.",
    },
    {
      when: "with a gateway that isn't ready",
      situation: { related: relatedResourcesWith({ controlPlane: gatewayDown }) },
      known: 'You see no other plane',
      consequence:
        "The gateway isn't ready, so the controller gets no data from it and agents can't connect.",
    },
    {
      when: 'with a working controller and gateway',
      situation: { others: [alsoFrozen], related: relatedResourcesWith() },
      known: 'stale too',
      consequence:
        'Both appear healthy from outside. The gateway may hang although its probes succeed, or the controller may be unable to reach it.',
    },
  ])('is explained $when', ({ situation, known, consequence }) => {
    const found = finding('heartbeat-stale', { plane: stale, ...situation });
    expect(found.known).toContain(known);
    expect(found.consequence).toContain(consequence);
    expect(found.consequence).toMatch(/^Whether the agent is connected isn't known\./);
  });

  test.each([
    ['not-visible', "couldn't be read with your permissions, so they couldn't confirm this"],
    ['not-found', 'No controller or gateway was found in openchoreo-control-plane'],
  ] as const)('says so when the control plane is %s', (state, text) => {
    const related = relatedResourcesWith({ controlPlane: { state, workloads: [], lease: null } });
    expect(finding('heartbeat-stale', { plane: stale, related }).evidence).toContain(text);
  });
});

describe('a missing status', () => {
  test('lists the likely causes that nothing rules out', () => {
    expect(finding('status-missing', { plane: withoutAgent }).consequence).toBe(
      "Nothing is known about its agent. Most likely, the agent CA's Secret is missing or empty, the gateway is down or the controller isn't responding.",
    );
  });

  test('omits the gateway when another kind is live, and the CA when it was read', () => {
    const situation = {
      plane: withoutAgent,
      others: [freshOfOtherKind],
      facts: { certificate: parsed() },
    };
    expect(finding('status-missing', situation).consequence).toBe(
      "Nothing is known about its agent. Most likely, the controller isn't responding.",
    );
  });

  test('names the CA when it has a known problem', () => {
    const situation: Situation = { plane: withoutAgent, facts: { certificate: { state: 'absent' } } };
    expect(finding('status-missing', situation).consequence).toBe(
      "Nothing is known about its agent. The most likely cause is the agent CA. The plane has no agent CA, so the gateway can't verify an agent.",
    );
  });
});

describe('an incident of the control plane', () => {
  const facts = { incident: incident.id };

  test('suspects the path to the gateway when all agents disconnect while everything runs', () => {
    const found = finding('control-plane-incident', {
      plane: aPlane({ agent: gone }),
      facts,
      incidents: [{ ...incident, kind: 'disconnected' }],
      related: relatedResourcesWith(),
    });
    expect(found.consequence).toContain('A gateway restart disconnects all agents for about a minute');
  });

  test('describes the incident that includes the plane, if there are several', () => {
    const other = { ...incident, id: 'incident-2', message: 'Another one.' };
    const found = finding('control-plane-incident', { plane: stale, facts, incidents: [other, incident] });
    expect(found.known).toBe(incident.message);
  });

  test.each<[string, Situation, boolean]>([
    ['explain that agents disconnected', { plane: aPlane({ agent: gone }) }, true],
    ["don't explain statuses that keep their heartbeat", { plane: stale }, false],
    [
      "don't explain a gateway that isn't ready",
      { plane: aPlane({ agent: gone }), related: split(0) },
      false,
    ],
  ])('lists replicas without a mesh before it only if they %s', (_, situation, areCause) => {
    const codes = diagnose(inputOf({ facts, incidents: [incident], related: split(2), ...situation })).map(
      ({ code }) => code,
    );
    const [replicas, incidentAt] = [
      codes.indexOf('gateway-replicas'),
      codes.indexOf('control-plane-incident'),
    ];
    expect(replicas).not.toBe(-1);
    expect(incidentAt).not.toBe(-1);
    expect(replicas < incidentAt).toBe(areCause);
  });

  test("doesn't accuse the control plane or restart the gateway when only a part of the fleet is lost", () => {
    const found = finding('control-plane-incident', {
      plane: aPlane({ agent: gone }),
      facts,
      incidents: [{ ...incident, code: 'lost-together', kind: 'disconnected', connectedBefore: 36 }],
      related: relatedResourcesWith(),
    });
    expect(found.title).toBe('Planes lost together');
    expect(found.consequence).toContain('compare what the lost ones share: a gateway replica');
    expect(found.remedies.map(({ command }) => command ?? '').join()).not.toContain('rollout restart');
  });

  test('accuses neither controller nor gateway before they were checked', () => {
    const found = finding('control-plane-incident', { plane: stale, facts, incidents: [incident] });
    expect(found.evidence).toContain("The controller and the gateway haven't been checked yet.");
    expect(found.consequence).toContain('Either the controller or the gateway has stopped.');
  });
});

describe('the lease', () => {
  const situation = { plane: stale, related: relatedResourcesWith() };

  test("doesn't age on a page that stays open", () => {
    const input = inputOf(situation);
    const later = { ...input, nowMs: input.nowMs + 10 * MINUTE_MS };
    expect(diagnose(later).map(({ code }) => code)).not.toContain('controller-down');
  });

  test.each(['seen', 'unknown'] as const)(
    'is no error while its time is old and renewals are %s',
    (renewals) => {
      const input = inputOf({
        plane: stale,
        related: relatedResourcesWith({
          controlPlane: aControlPlane({ lease: { ...silentLease, renewals } }),
        }),
      });
      expect(diagnose(input).map(({ code }) => code)).not.toContain('controller-down');
      expect(controlPlaneView(input).controller).toBe(renewals === 'seen' ? 'runs' : 'unknown');
    },
  );

  test('says nothing about the controller when its time is in the future', () => {
    const lease = {
      name: 'openchoreo.dev',
      holder: null,
      renewedAt: ago(-HOUR_MS),
      renewals: 'unknown' as const,
    };
    const codes = diagnose(
      inputOf({
        plane: stale,
        related: relatedResourcesWith({ controlPlane: aControlPlane({ lease }) }),
      }),
    ).map(({ code }) => code);
    expect(codes).toContain('clock-skew');
    expect(codes).not.toContain('controller-down');
  });
});

describe('a gateway CA that was changed and set back', () => {
  const caChange = {
    before: 'AA:BB:CC:DD',
    after: '11:22:33:44',
    lastSeenAt: ago(30 * MINUTE_MS),
    seenAt: ago(29 * MINUTE_MS),
    setBackAt: ago(20 * MINUTE_MS),
  };
  const lost = (beforeMs: number) =>
    aPlane({
      agent: {
        ...gone,
        lastHeartbeatTime: ago(beforeMs + 40_000),
        lastDisconnectedTime: ago(beforeMs),
      },
    });

  test.each([
    ['before the change', lost(40 * MINUTE_MS), 0],
    ['while it was different', lost(25 * MINUTE_MS), 1],
    ['when it was set back, noticed after that', lost(20 * MINUTE_MS - 20_000), 1],
    ['after it was set back', lost(10 * MINUTE_MS), 0],
    ['never, because no agent connected', aPlane({ agent: { connected: false, connectedAgents: 0 } }), 0],
  ])('explains a plane only if it was lost in between: %s', (_, plane, count) => {
    const found = diagnose(inputOf({ plane, gateway: gatewayFacts({ caChange }) }));
    expect(found.filter(({ code }) => code === 'gateway-certificate')).toHaveLength(count);
  });

  test("isn't called set back while the other one is still beside it", () => {
    const gateway = gatewayFacts({ caChange: { ...caChange, isBesideOther: true } });
    const found = diagnose(inputOf({ plane: lost(25 * MINUTE_MS), gateway }));
    expect(found.find(({ code }) => code === 'gateway-certificate')).toMatchObject({
      title: 'Gateway CA was changed, and the earlier one added again',
      known: expect.stringMatching(
        /began with 11:22:33:44, and the earlier one, .* AA:BB:CC:DD, was added beside it\.$/,
      ),
      consequence: expect.stringMatching(/^Agents that trust the earlier CA/),
    });
  });
});
