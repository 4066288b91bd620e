import { describe, expect, test } from 'vitest';
import { deriveHealth } from '@/lib/plane/health/derive-health';
import type { HealthFacts } from '@/lib/plane/health/health-facts';
import type { ReasonCode } from '@/lib/plane/health/health-finding';
import type { HealthState } from '@/lib/plane/health/health-state';
import type { AgentConnection, Plane } from '@/lib/plane/model/plane';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import { ago, aPlane, NOW_MS, someFacts } from './plane-fixture';

/** A situation, and what one of the contract's rules makes of it. */
export interface RuleCase {
  /** The number of the rule, and the situation. */
  readonly rule: string;
  readonly plane: Plane;
  readonly facts?: Partial<HealthFacts>;
  readonly state: HealthState;
  /** The reason that names the state, or else the first one. */
  readonly code?: ReasonCode;
}

/** A report of a connected agent with a fresh heartbeat, by default. */
export const agent = (changes: Partial<AgentConnection>): AgentConnection => ({
  connected: true,
  connectedAgents: 1,
  lastConnectedTime: ago(DAY_MS),
  lastHeartbeatTime: ago(20 * SECOND_MS),
  ...changes,
});
/** A report of an agent that disconnected a day ago. */
export const lost = agent({
  connected: false,
  connectedAgents: 0,
  lastHeartbeatTime: ago(DAY_MS),
  lastDisconnectedTime: ago(DAY_MS - 2 * MINUTE_MS),
});
/** A report of an agent that never connected. */
export const never: AgentConnection = {
  connected: false,
  connectedAgents: 0,
  message: 'No agents connected',
};
const { agent: _agent, ...withoutAgent } = aPlane();

/** A plane whose status has no report of an agent. */
export { withoutAgent };
/** A CA that could be read, without its end. */
export const parsed = {
  state: 'parsed',
  notBefore: ago(60 * DAY_MS),
  subject: 'CN=agent',
  selfSignedLeaf: false,
  count: 1,
} as const;

/** Matches an age such as `3 min` or `12 days`, which would be wrong a minute later. */
const AGE = /\b\d+ (s|min|h|d|days?)\b/;

/** Tests the state of each case, its wording by moments, and that it changes when it says so. */
export function testRules(cases: readonly RuleCase[]): void {
  describe('deriveHealth', () => {
    test.each(cases)('follows rule $rule -> $state', ({ plane, facts, state, code }) => {
      const health = deriveHealth(plane, someFacts(facts), NOW_MS);
      expect(health.state).toBe(state);
      // The first reason names the state. A healthy plane with nothing to add has none.
      expect(health.reasons[0]?.code).toBe(code);
    });

    test.each(cases)(
      'follows rule $rule: in moments the reasons are the same and contain no age',
      ({ plane, facts }) => {
        const byAge = deriveHealth(plane, someFacts(facts), NOW_MS);
        const byMoment = deriveHealth(plane, someFacts(facts), NOW_MS, 'moments');
        expect(byMoment.state).toBe(byAge.state);
        expect(byMoment.reasons.map(({ code }) => code)).toEqual(byAge.reasons.map(({ code }) => code));
        for (const { message } of byMoment.reasons) expect(message).not.toMatch(AGE);
      },
    );

    test.each(cases)(
      'follows rule $rule: nextChangeAtMs misses no change within a day',
      ({ plane, facts }) => {
        const given = someFacts(facts);
        let judged = deriveHealth(plane, given, NOW_MS);
        for (let nowMs = NOW_MS; nowMs < NOW_MS + DAY_MS; nowMs += 17 * SECOND_MS) {
          if (judged.nextChangeAtMs !== null && nowMs >= judged.nextChangeAtMs)
            judged = deriveHealth(plane, given, nowMs);
          expect(deriveHealth(plane, given, nowMs).state).toBe(judged.state);
        }
      },
    );
  });
}
