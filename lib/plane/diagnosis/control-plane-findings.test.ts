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
import { ago, aPlane } from '@/testing/plane/plane-fixture';
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
const silentLease = { name: 'openchoreo.dev', holder: null, renewedAt: ago(2 * HOUR_MS) };

describe('a frozen status', () => {
  test.each<{ when: string; situation: Situation; known: string; consequence: string }>([
    {
      when: 'without another plane to compare with',
      situation: {},
      known: 'No other plane that you see has an agent to compare it with.',
      consequence: 'Either the controller or the gateway has stopped.',
    },
    {
      when: 'beside one that froze at the same time',
      situation: { others: [alsoFrozen] },
      known:
        'One other plane is frozen too, 1 of them since about the same time, and none has a fresh heartbeat.',
      consequence: 'Either the controller or the gateway has stopped.',
    },
    {
      when: 'beside one that froze at another time',
      situation: { others: [another('eu', { agent: { ...frozen, lastHeartbeatTime: ago(DAY_MS) } }), fresh] },
      known:
        'One other plane is frozen too, none of them at about the same time, while 1 has a fresh heartbeat.',
      consequence: "so it is this one: the controller's log says what it fails on.",
    },
    {
      when: 'beside live planes of another kind',
      situation: { others: [freshOfOtherKind] },
      known: 'It is the only frozen one that you see: one other plane has a fresh heartbeat.',
      consequence: 'the controller of this kind has likely stopped or fails on it.',
    },
    {
      when: 'with its Secret missing',
      situation: {
        others: [fresh],
        facts: { certificate: { state: 'secret-missing', secret: 'acme/ca' } },
      },
      known: 'the only frozen one',
      consequence: 'because of its CA: Secret acme/ca, which should hold its CA, does not exist.',
    },
    {
      when: 'with an unobserved change',
      situation: { others: [fresh], plane: { ...stale, generation: 2, specChangedAt: ago(HOUR_MS) } },
      known: 'the only frozen one',
      consequence: 'the controller likely cannot apply its last change.',
    },
    {
      when: 'with an expired lease',
      situation: {
        related: relatedResourcesWith({ controlPlane: aControlPlane({ lease: silentLease }) }),
      },
      known: 'No other plane',
      consequence: 'The controller is not at work: that explains frozen statuses.',
    },
    {
      when: "with a gateway that isn't ready",
      situation: { related: relatedResourcesWith({ controlPlane: gatewayDown }) },
      known: 'No other plane',
      consequence: 'The gateway is not ready: the controller has nobody to ask, and agents cannot connect.',
    },
    {
      when: 'with a working controller and gateway',
      situation: { others: [alsoFrozen], related: relatedResourcesWith() },
      known: 'frozen too',
      consequence:
        "Both look well from outside. Suspect a gateway that hangs although its probes answer, or the controller's way to it.",
    },
  ])('is explained $when', ({ situation, known, consequence }) => {
    const found = finding('heartbeat-stale', { plane: stale, ...situation });
    expect(found.known).toContain(known);
    expect(found.consequence).toContain(consequence);
    expect(found.consequence).toMatch(/^Whether its agent is connected is not known\./);
  });

  test.each([
    ['not-visible', 'could not be read with your rights, so this could not be checked'],
    ['not-found', 'No controller or gateway was found in openchoreo-control-plane'],
  ] as const)('says so when the control plane is %s', (state, words) => {
    const related = relatedResourcesWith({ controlPlane: { state, workloads: [], lease: null } });
    expect(finding('heartbeat-stale', { plane: stale, related }).evidence).toContain(words);
  });
});

describe('a missing status', () => {
  test('lists the likely causes that nothing rules out', () => {
    expect(finding('status-missing', { plane: withoutAgent }).consequence).toBe(
      'Nothing is known of its agent. Likely the Secret of its CA is missing or empty, or the gateway is down, or the controller is silent.',
    );
  });

  test('omits the gateway when another kind is live, and the CA when it was read', () => {
    const situation = {
      plane: withoutAgent,
      others: [freshOfOtherKind],
      facts: { certificate: parsed() },
    };
    expect(finding('status-missing', situation).consequence).toBe(
      'Nothing is known of its agent. Likely the controller is silent.',
    );
  });

  test('names the CA when it has a known problem', () => {
    const situation: Situation = { plane: withoutAgent, facts: { certificate: { state: 'absent' } } };
    expect(finding('status-missing', situation).consequence).toBe(
      'Nothing is known of its agent. Most likely because of its CA: It names no CA, so no agent can be verified.',
    );
  });
});

describe('an incident of the control plane', () => {
  const facts = { incidentSinceMs: Date.parse(ago(5 * MINUTE_MS)) };

  test('suspects the way to the gateway when all agents are lost while everything runs', () => {
    const found = finding('control-plane-incident', {
      plane: aPlane({ agent: gone }),
      facts,
      incidents: [{ ...incident, kind: 'disconnected' }],
      related: relatedResourcesWith(),
    });
    expect(found.consequence).toContain('A gateway that restarts loses all agents for about a minute');
  });

  test('accuses neither controller nor gateway before they were checked', () => {
    const found = finding('control-plane-incident', { plane: stale, facts, incidents: [incident] });
    expect(found.evidence).toContain('Controller and gateway have not been looked at yet.');
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

  test('says nothing about the controller when its time is in the future', () => {
    const lease = { name: 'openchoreo.dev', holder: null, renewedAt: ago(-HOUR_MS) };
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
