import type { CertificateDetail } from '@/lib/plane/credentials/certificate-detail';
import type { DiagnosisInput } from '@/lib/plane/diagnosis/diagnosis-input';
import { fleetFacts } from '@/lib/plane/diagnosis/fleet-facts';
import { deriveHealth } from '@/lib/plane/health/derive-health';
import type { JudgedPlane } from '@/lib/plane/health/health';
import { DEFAULT_LIMITS, type HealthFacts } from '@/lib/plane/health/health-facts';
import type { KindFeatures } from '@/lib/plane/model/kind-features';
import type { Plane } from '@/lib/plane/model/plane';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import { DAY_MS } from '@/lib/plane/time/duration';
import { ago, aPlane, NOW_MS, someFacts } from './plane-fixture';

/** A kind of a current release: every plane has an agent, which its status reports on. */
export const CURRENT: KindFeatures = {
  known: true,
  planeID: true,
  agentConnection: true,
  clusterAgent: true,
  optionalAgent: false,
  directAccess: false,
};

/** The certificate of an authority with nothing wrong. */
export function aCertificate(changes: Partial<CertificateDetail> = {}): CertificateDetail {
  return {
    subject: 'CN=agents of Aurora',
    issuer: 'CN=agents of Aurora',
    serialNumber: '01',
    fingerprint: 'AA:BB',
    notBefore: ago(100 * DAY_MS),
    notAfter: ago(-300 * DAY_MS),
    isCa: true,
    selfSigned: true,
    keyUsage: ['keyCertSign'],
    extendedKeyUsage: null,
    keyType: 'EC P-256',
    ...changes,
  };
}

type CaSecret = Extract<RelatedResources['ca']['source'], { from: 'secret' }>;

/** A CA that stands in a Secret which could be read. */
export function aCaSecret(changes: Partial<CaSecret> = {}): CaSecret {
  return {
    from: 'secret',
    namespace: 'acme',
    name: 'prod-agent-ca',
    key: 'ca.crt',
    state: 'read',
    createdForThisPlane: true,
    usedBy: [],
    ...changes,
  };
}

/** A control plane at work: both Deployments ready, the lease renewed 3 s before it was read. */
export function aControlPlane(
  changes: Partial<RelatedResources['controlPlane']> = {},
): RelatedResources['controlPlane'] {
  return {
    state: 'read',
    workloads: [
      {
        name: 'cluster-gateway',
        role: 'gateway',
        readyReplicas: 1,
        desiredReplicas: 1,
        changedAt: ago(DAY_MS),
      },
      {
        name: 'controller-manager',
        role: 'controller',
        readyReplicas: 1,
        desiredReplicas: 1,
        changedAt: ago(DAY_MS),
      },
    ],
    lease: { name: 'openchoreo.dev', holder: 'controller-manager-0', renewedAt: ago(15_000) },
    ...changes,
  };
}

/** Surroundings in which nothing is wrong, with an explicit observability plane. */
export function relatedResourcesWith(changes: Partial<RelatedResources> = {}): RelatedResources {
  return {
    ca: { source: aCaSecret(), certificates: [aCertificate()], findings: [] },
    observability: {
      via: 'explicit',
      target: { kind: 'ObservabilityPlane', namespace: 'acme', name: 'obs' },
      state: 'found',
    },
    referrers: [],
    referrersNotVisible: [],
    managedBy: null,
    fieldManagers: [],
    mayChange: { state: 'allowed' },
    droppedFields: [],
    unreconciled: false,
    deletionRule: 'blocked-by-environments',
    controlPlane: aControlPlane(),
    ...changes,
  };
}

/** A plane with facts, judged now. */
export function judged(plane: Plane, facts: Partial<HealthFacts> = {}): JudgedPlane {
  const all = someFacts(facts);
  const { siblings, observabilityPlane, certificate } = all;
  return {
    plane: { ...plane, facts: { siblings, observabilityPlane, certificate } },
    health: deriveHealth(plane, all, NOW_MS),
  };
}

export interface Situation {
  readonly plane?: Plane;
  readonly facts?: Partial<HealthFacts>;
  /** Other planes of the fleet; those that share the planeID are siblings. */
  readonly others?: readonly JudgedPlane[];
  readonly incidents?: DiagnosisInput['fleet']['incidents'];
  readonly features?: KindFeatures | null;
  /** Left out: not read yet. They were read 12 s ago. */
  readonly related?: RelatedResources;
}

/** The input of a diagnosis for a situation of which only what matters is said. */
export function inputOf(situation: Situation = {}): DiagnosisInput {
  const { plane = aPlane(), facts = {}, others = [], incidents = [], features = CURRENT } = situation;
  const siblings = others.filter((other) => other.plane.planeID === plane.planeID);
  return {
    row: judged(plane, { siblings: siblings.length, ...facts }),
    siblings,
    fleet: fleetFacts(plane, others, incidents),
    limits: DEFAULT_LIMITS,
    features,
    related: situation.related ? { value: situation.related, readAtMs: NOW_MS - 12_000 } : null,
    serverSilent: facts.serverSilent ?? false,
    contexts: { plane: null, controlPlane: 'cp' },
    controlPlaneNamespace: 'openchoreo-control-plane',
    nowMs: NOW_MS,
  };
}
