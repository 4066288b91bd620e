import { describe, expect, test } from 'vitest';
import { parsedCa } from '@/lib/plane/health/ca-bundle';
import type {
  CertificateFact,
  CredentialFact,
  HealthFacts,
  SecretFact,
} from '@/lib/plane/health/health-facts';
import { REASON_CODES } from '@/lib/plane/health/health-finding';
import { PLANE_KINDS, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import type { AgentConnection, Condition, Plane } from '@/lib/plane/model/plane';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import {
  aCaSecret,
  aControlPlane,
  inputOf,
  relatedResourcesWith,
  type Situation,
} from '@/testing/plane/diagnosis-fixture';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { diagnose } from './diagnose';
import { FINDING_CODES } from './diagnosis-finding';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SEED = 20_261_121;
const ROUNDS = 10_000;

/** A small seeded generator (mulberry32), so failures can be reproduced. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Chance {
  constructor(private readonly next: () => number) {}

  is(probability: number): boolean {
    return this.next() < probability;
  }

  of<T>(first: T, ...rest: readonly T[]): T {
    const all = [first, ...rest];
    return all[Math.floor(this.next() * all.length)] ?? first;
  }

  /** Returns a time around now: the ages that the rules distinguish, and some in between. */
  time(): string {
    return ago(this.of(-DAY, -MINUTE, -10_000, 5_000, 90_000, 150_000, 10 * MINUTE, DAY, 9 * DAY));
  }
}

function anAgent(chance: Chance): AgentConnection {
  return {
    connected: chance.is(0.6),
    connectedAgents: chance.of(0, 1, 2),
    ...(chance.is(0.7) ? { lastHeartbeatTime: chance.time() } : {}),
    ...(chance.is(0.5) ? { lastConnectedTime: chance.time() } : {}),
    ...(chance.is(0.4) ? { lastDisconnectedTime: chance.time() } : {}),
  };
}

function conditions(chance: Chance): Condition[] {
  const types = ['Created', 'Ready', 'Connected', 'GatewayProvisioned', 'Finalizing', 'Odd'].filter(() =>
    chance.is(0.3),
  );
  return types.map((type) => ({
    type,
    status: chance.of('True', 'False', 'Unknown'),
    reason: chance.of('DeletionBlocked', 'Because'),
    lastTransitionTime: chance.time(),
  }));
}

function aRandomPlane(chance: Chance): Plane {
  const { kind, plural, scope } = chance.of<PlaneKindEntry>(...PLANE_KINDS);
  const { namespace, agent: _agent, ...rest } = aPlane();
  return {
    ...rest,
    kind,
    plural,
    ...(scope === 'Namespaced' && namespace !== undefined ? { namespace } : {}),
    planeID: chance.of('prod-cluster', 'default', null),
    connection: chance.of('agent', 'agent', 'agent', 'direct'),
    reportsAgent: chance.is(0.8),
    ...(chance.is(0.1) ? { schemaUnknown: true } : {}),
    ...(chance.is(0.7) ? { agent: anAgent(chance) } : {}),
    conditions: conditions(chance),
    generation: chance.of(1, 2),
    ...(chance.is(0.8) ? { observedGeneration: 1 } : {}),
    createdAt: chance.time(),
    ...(chance.is(0.2) ? { deletingSince: chance.time() } : {}),
    ...(chance.is(0.3) ? { observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'obs' } } : {}),
    ...(chance.is(0.05) ? { unreadable: ['Invalid field status: expected an object, found text.'] } : {}),
  };
}

function aCertificateFact(chance: Chance): CertificateFact {
  return chance.of<CertificateFact>(
    { state: 'not-checked' },
    { state: 'absent' },
    { state: 'secret-missing', secret: 'acme/ca' },
    { state: 'key-missing', secret: 'acme/ca', key: 'ca.crt' },
    { state: 'unparsable', problem: 'it is damaged.' },
    {
      state: 'parsed',
      notBefore: chance.time(),
      notAfter: chance.of(chance.time(), ago(-12 * DAY), ago(-200 * DAY)),
      subject: 'CN=agent',
      selfSignedLeaf: chance.is(0.5),
      count: 1,
      ...(chance.is(0.3)
        ? { unreadable: { count: 1, sentences: ["Certificate 2 of 2 can't be read: it is damaged."] } }
        : {}),
    },
    parsedCa(
      [chance.time(), ago(-12 * DAY), ago(-200 * DAY)].map((notAfter) => ({
        notBefore: ago(300 * DAY),
        notAfter,
        subject: 'CN=agent',
        selfSignedLeaf: chance.is(0.5),
        obstacle: chance.is(0.2) ? 'It has a critical extension.' : null,
      })),
    ) ?? { state: 'absent' },
  );
}

function someCredentials(chance: Chance): CredentialFact[] {
  return [
    {
      kind: 'certificate',
      slot: 'kubernetesCluster.tls.ca',
      purpose: 'server-ca',
      fact: aCertificateFact(chance),
    },
    {
      kind: 'secret',
      slot: 'kubernetesCluster.auth.mtls.clientKey',
      purpose: 'client-key',
      fact: chance.of<SecretFact>(
        { state: 'not-checked' },
        { state: 'absent' },
        { state: 'secret-missing', secret: 'acme/key' },
        { state: 'key-missing', secret: 'acme/key', key: 'tls.key' },
        { state: 'unparsable', problem: 'it is damaged.' },
        { state: 'mismatched' },
        { state: 'present' },
      ),
    },
  ];
}

function aSituation(chance: Chance): Situation {
  const facts: Partial<HealthFacts> = {
    siblings: chance.of(0, 1),
    observabilityPlane: chance.of('none', 'found', 'missing', 'not-visible'),
    certificate: aCertificateFact(chance),
    ...(chance.is(0.3) ? { credentials: someCredentials(chance) } : {}),
    contactAtMs: chance.of(NOW_MS - 1000, NOW_MS - 1000, NOW_MS - 5 * MINUTE, null),
    incident: chance.of(undefined, undefined, 'incident-1'),
    ...(chance.is(0.6) ? { siblingAgent: { connectedAt: chance.of(null, chance.time()) } } : {}),
    ...(chance.is(0.3)
      ? {
          heartbeatGap: {
            last: chance.of(null, ago(20_000), chance.time()),
            severalReplicas: chance.is(0.5),
          },
        }
      : {}),
    ...(chance.is(0.7) ? { controller: { lease: 'read', provenAt: chance.time() } } : {}),
    ...(chance.is(0.1) ? { unreconciled: true } : {}),
    ...(chance.is(0.2)
      ? { flapping: { since: chance.time(), lastChangeAt: ago(MINUTE), until: ago(-MINUTE) } }
      : {}),
    ...(chance.is(0.2)
      ? {
          credentialChange: {
            seenAt: chance.time(),
            secrets: ['acme/prod'],
            conditions: chance.of(['Ready'], ['Ready', 'Connected']),
          },
        }
      : {}),
  };
  const related = relatedResourcesWith({
    ca: {
      source: chance.of<RelatedResources['ca']['source']>(
        { from: 'none' },
        { from: 'inline' },
        aCaSecret({ state: chance.of('read', 'missing', 'key-missing', 'not-visible', 'unknown') }),
      ),
      certificates: [],
      findings: [],
    },
    droppedFields: chance.is(0.1) ? ['spec.old'] : [],
    controlPlane: aControlPlane({
      state: chance.of('read', 'not-visible', 'not-found'),
      lease: chance.of(null, {
        name: 'openchoreo.dev',
        holder: null,
        renewedAt: chance.time(),
        renewals: chance.of('seen', 'none', 'unknown'),
      }),
    }),
  });
  return { plane: aRandomPlane(chance), facts, ...(chance.is(0.5) ? { related } : {}) };
}

describe(`for ${ROUNDS} random planes (seed ${SEED})`, () => {
  const chance = new Chance(generator(SEED));
  const diagnosed = Array.from({ length: ROUNDS }, () => {
    const input = inputOf(aSituation(chance));
    return { input, health: input.row.health, findings: diagnose(input) };
  });

  test('every reason of health above info has a finding with its code and a matching severity', () => {
    for (const { health, findings } of diagnosed) {
      for (const reason of health.reasons.filter(({ severity }) => severity !== 'info')) {
        const finding = findings.find(({ code }) => code === reason.code);
        expect(finding, `${health.state} ${reason.code}`).toBeDefined();
        expect(finding?.severity, reason.code).not.toBe('note');
      }
    }
  });

  test('only planes that are disconnected, stale or unknown have errors', () => {
    for (const { health, findings } of diagnosed) {
      const isBad = ['disconnected', 'stale', 'unknown'].includes(health.state);
      expect(
        findings.some(({ severity }) => severity === 'error'),
        health.state,
      ).toBe(isBad);
    }
  });

  test('findings are sorted worst first, then in the order of their codes', () => {
    for (const { findings } of diagnosed) {
      const places = findings.map(
        ({ severity, code }) =>
          ['error', 'warning', 'note'].indexOf(severity) * FINDING_CODES.length + FINDING_CODES.indexOf(code),
      );
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  test('all reasons of health occur', () => {
    const seen = new Set(diagnosed.flatMap(({ health }) => health.reasons.map(({ code }) => code)));
    expect(REASON_CODES.filter((code) => !seen.has(code))).toEqual([]);
  });
});
