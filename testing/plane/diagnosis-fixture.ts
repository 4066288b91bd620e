import type { CertificateDetail } from '@/lib/plane/credentials/certificate-detail';
import type { DiagnosisInput } from '@/lib/plane/diagnosis/diagnosis-input';
import { fleetFacts } from '@/lib/plane/diagnosis/fleet-facts';
import { deriveHealth } from '@/lib/plane/health/derive-health';
import type { GatewayFacts } from '@/lib/plane/health/gateway-certificates';
import type { JudgedPlane } from '@/lib/plane/health/health';
import { DEFAULT_LIMITS, type HealthFacts } from '@/lib/plane/health/health-facts';
import type { KindFeatures } from '@/lib/plane/model/kind-features';
import type { Plane } from '@/lib/plane/model/plane';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import { DAY_MS } from '@/lib/plane/time/duration';
import { ago, aPlane, NOW_MS, someFacts } from './plane-fixture';

/** The features of a current kind: every plane has an agent, and its status reports on that agent. */
export const CURRENT: KindFeatures = {
  known: true,
  planeID: true,
  agentConnection: true,
  clusterAgent: true,
  optionalAgent: false,
  directAccess: false,
};

/** An authority's certificate without findings. */
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

/** A CA in a readable Secret. */
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

/** A working control plane: both Deployments are ready, and the Lease was renewed 3 s before it was read. */
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
    lease: {
      name: 'openchoreo.dev',
      holder: 'controller-manager-0',
      renewedAt: ago(15_000),
      renewals: 'seen',
    },
    mesh: false,
    ...changes,
  };
}

/** Related resources without findings, with an explicit observability plane. */
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
    deletionRule: 'blocked-by-environments',
    controlPlane: aControlPlane(),
    ...changes,
  };
}

/** A plane with its facts, judged at NOW_MS. */
export function judged(plane: Plane, facts: Partial<HealthFacts> = {}): JudgedPlane {
  const all = someFacts(facts);
  const {
    limits: _limits,
    contactAtMs: _contact,
    controller: _controller,
    serverSilent: _silent,
    forbidden: _forbidden,
    ...planeFacts
  } = all;
  return {
    plane: { ...plane, facts: planeFacts },
    health: deriveHealth(plane, all, NOW_MS),
  };
}

export interface Situation {
  readonly plane?: Plane;
  readonly facts?: Partial<HealthFacts>;
  /** Other planes of the fleet. Those with the same planeID are siblings. */
  readonly others?: readonly JudgedPlane[];
  readonly incidents?: DiagnosisInput['fleet']['incidents'];
  readonly gateway?: GatewayFacts;
  readonly features?: KindFeatures | null;
  /** Absent if not read yet; otherwise read 12 s ago. */
  readonly related?: RelatedResources;
  /** The plane's history, newest first. */
  readonly changes?: DiagnosisInput['changes'];
}

/** Returns the input of a diagnosis. Everything that the situation omits has a default without findings. */
export function inputOf(situation: Situation = {}): DiagnosisInput {
  const { plane = aPlane(), facts = {}, others = [], incidents = [], features = CURRENT } = situation;
  const siblings = others.filter((other) => other.plane.planeID === plane.planeID);
  return {
    row: judged(plane, { siblings: siblings.length, ...facts }),
    siblings,
    fleet: fleetFacts(plane, others, incidents),
    gateway: situation.gateway ?? null,
    limits: DEFAULT_LIMITS,
    features,
    related: situation.related ? { value: situation.related, readAtMs: NOW_MS - 12_000 } : null,
    changes: situation.changes ?? [],
    serverSilent: facts.serverSilent ?? false,
    forbidden: facts.forbidden ?? false,
    contexts: { plane: null, controlPlane: 'cp' },
    controlPlaneNamespace: 'openchoreo-control-plane',
    nowMs: NOW_MS,
  };
}
