import { describe, expect, test } from 'vitest';
import { NO_FACTS, type PlaneFacts } from '@/lib/plane/health/health-facts';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import { DAY_MS } from '@/lib/plane/time/duration';
import {
  aCaSecret,
  aCertificate,
  aControlPlane,
  relatedResourcesWith,
} from '@/testing/plane/diagnosis-fixture';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { checkedFacts, unseenParts } from './checked-facts';

function related(changes: Partial<RelatedResources> = {}): RelatedResources {
  return relatedResourcesWith({
    ca: { source: aCaSecret(), certificates: [], findings: [] },
    observability: { via: 'none' },
    deletionRule: 'none',
    controlPlane: { state: 'read', workloads: [], lease: null },
    ...changes,
  });
}

function facts(changes: Partial<PlaneFacts> = {}, around: RelatedResources | null = null): string[] {
  return checkedFacts({ ...aPlane(), facts: { ...NO_FACTS, ...changes } }, around, NOW_MS);
}

describe('checkedFacts', () => {
  test('returns nothing if nothing was checked', () => {
    expect(facts()).toEqual([]);
    expect(facts({}, related())).toEqual([]);
  });

  test('reports how long the CA is valid, whether Planeboard or the caller read it, and omits an expired CA', () => {
    const parsed = {
      state: 'parsed',
      notBefore: ago(DAY_MS),
      notAfter: ago(-40.5 * DAY_MS),
      subject: 'CN=a',
      selfSignedLeaf: false,
      count: 1,
    } as const;
    const text = 'The agent CA is valid until 2026-04-20 00:00:00 UTC (40 days left).';
    expect(facts({ certificate: parsed })).toEqual([text]);
    const read = {
      source: aCaSecret(),
      certificates: [aCertificate({ notAfter: parsed.notAfter }), aCertificate({ notAfter: ago(DAY_MS) })],
      findings: [],
    };
    const both = (ended: string) =>
      `The CA bundle has 2 certificates. The first ${ended}, the last at 2026-04-20 00:00:00 UTC (40 days left).`;
    expect(facts({}, related({ ca: read }))).toEqual([both('expired at 2026-03-09 12:00:00 UTC')]);
    const earlier = [{ notBefore: ago(DAY_MS), notAfter: ago(-35 * DAY_MS), selfSignedLeaf: true }];
    expect(facts({ certificate: { ...parsed, count: 2, earlier } })).toEqual([
      both('expires at 2026-04-14 12:00:00 UTC'),
    ]);
    expect(facts({ certificate: { ...parsed, notAfter: ago(1000) } })).toEqual([]);
    const later = { ...parsed, notBefore: ago(-36 * DAY_MS), count: 2 };
    expect(facts({ certificate: { ...later, count: 1 } })).toEqual([]);
    expect(facts({ certificate: { ...later, earlier } })).toEqual([
      'The CA bundle has 2 certificates. The first expires at 2026-04-14 12:00:00 UTC, the last at 2026-04-20 00:00:00 UTC. None is valid from 2026-04-14 12:00:00 UTC (35 days left) until 2026-04-15 12:00:00 UTC.',
    ]);
  });

  test('reports the observability plane only if it exists', () => {
    const target = { kind: 'ObservabilityPlane', namespace: 'acme', name: 'logs' };
    const seen = (via: 'explicit' | 'default', state: 'found' | 'missing' | 'not-visible') =>
      facts({}, related({ observability: { via, target, state } }));
    expect(seen('explicit', 'found')).toEqual([
      'The observability plane "logs", which this plane refers to, exists.',
    ]);
    expect(seen('default', 'found')).toEqual([
      'This plane refers to no observability plane and uses observability plane "logs" by default.',
    ]);
    expect(seen('explicit', 'missing')).toEqual([]);
    expect(seen('default', 'not-visible')).toEqual([]);
  });

  test('reports the control plane only if all of it is ready', () => {
    const ready = aControlPlane();
    expect(facts({}, related({ controlPlane: ready }))).toEqual([
      'Ready in the control plane: cluster-gateway, controller-manager.',
    ]);
    const [first, ...others] = ready.workloads;
    const half = { ...ready, workloads: [...(first ? [{ ...first, readyReplicas: 0 }] : []), ...others] };
    expect(facts({}, related({ controlPlane: half }))).toEqual([]);
  });
});

describe('unseenParts', () => {
  test('returns nothing if everything was checked', () => {
    expect(unseenParts(related())).toEqual([]);
  });

  test('lists each part with its reason', () => {
    const blind = related({
      ca: { source: aCaSecret({ state: 'not-visible' }), certificates: [], findings: [] },
      observability: {
        via: 'default',
        target: { kind: 'ObservabilityPlane', namespace: 'acme', name: 'default' },
        state: 'not-visible',
      },
      controlPlane: { state: 'not-visible', workloads: [], lease: null },
      referrersNotVisible: ['Environment', 'Workflow'],
      referrersCutShort: ['DataPlane'],
    });
    expect(unseenParts(blind)).toEqual([
      "Secret acme/prod-agent-ca with the agent CA, which you can't read",
      "its observability plane, which you can't see",
      "the control plane's Deployments, which you can't read",
      "references from Environment and Workflow objects, which couldn't be listed with your permissions",
      'some references from DataPlane objects, because there are too many',
    ]);
  });
});
