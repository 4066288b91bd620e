import { rewriteStored } from '@/demo/control-plane/etcd';
import { planeKeyOf } from '@/demo/controllers/plane-object';
import type { FindingCode } from '@/lib/plane/diagnosis/diagnosis-finding';
import { kindOfName, PLANE_GROUP } from '@/lib/plane/model/kinds';
import { timeAgo } from '@/testing/control-plane/plane-statuses';
import type { SimulatedControlPlane } from '@/testing/installation/simulated-control-plane';
import type { SimulatedPlane } from '@/testing/installation/simulated-planes';
import { agentCases } from './agent-cases';
import { certificateCases } from './certificate-cases';
import type { FindingCase } from './finding-case';
import { resourceCases } from './resource-cases';

/** Every finding that a plane or its related resources can cause on the newest release. */
export function findingCases(): FindingCase[] {
  return [...resourceCases(), ...certificateCases(), ...agentCases()];
}

/**
 * Findings that only browser tests cause: they need limited permissions, a broken connection, an incident or another
 * gateway.
 */
export const BROWSER_CODES: readonly FindingCode[] = [
  'connection-changed',
  'certificate-replaced',
  'secret-unreadable',
  'reference-not-visible',
  'schema-unknown',
  'no-contact',
  'control-plane-incident',
  'gateway-down',
  'gateway-certificate',
  'controller-down',
  'gateway-replicas',
  'connection-flapping',
  'heartbeat-not-reported',
  'heartbeat-remembered',
];

/** Creates the planes of some cases, except those that are created late. */
export async function createCases(
  controlPlane: SimulatedControlPlane,
  cases: readonly FindingCase[],
): Promise<void> {
  for (const { plane, createParts, others = [], createLate, deletingForMs } of cases) {
    for (const added of [...others, ...(createLate ? [] : [{ ...plane, ...(await createParts?.()) }])])
      if (!(await controlPlane.find(added))) await controlPlane.add(added);
    if (deletingForMs !== undefined) await backdateDeletion(controlPlane, plane, deletingForMs);
  }
}

/** Sets the time at which a plane's deletion was requested. The API server would always use its own clock. */
async function backdateDeletion(
  { demo }: SimulatedControlPlane,
  { kind, namespace, name }: SimulatedPlane,
  agoMs: number,
): Promise<void> {
  const key = `/registry/${PLANE_GROUP}/${planeKeyOf(kindOfName(kind)?.plural ?? '', namespace, name)}`;
  await rewriteStored(demo.controlPlane.etcdUrl, key, ({ metadata }) => {
    Object.assign(metadata as object, { deletionTimestamp: timeAgo(agoMs) });
  });
}

/** Creates what is left of a case just before its plane is diagnosed. */
export async function finishCase(
  controlPlane: SimulatedControlPlane,
  { plane, createLate, status }: FindingCase,
): Promise<void> {
  if (createLate) await controlPlane.add(plane);
  if (status) await controlPlane.setStatus(plane, status());
}
