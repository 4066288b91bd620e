import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { installCrds } from '@/demo/crds/install-profile';
import { crdsOf, type Release } from '@/demo/crds/profiles';
import { fleetSnapshotSchema } from '@/lib/api/fleet';
import { relatedResourcesAnswerSchema } from '@/lib/api/related';
import { DerivedFleet } from '@/lib/client/feed/derived-fleet';
import { diagnoseRow } from '@/lib/client/feed/diagnose-row';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planeKey } from '@/lib/plane/model/plane-path';
import { siblingKey, siblingsIn } from '@/lib/plane/model/references';
import { kindFeatures } from '@/lib/plane/schema/installed-kind';
import { getCatalog } from '@/lib/server/catalog/served-kinds';
import { getConfig } from '@/lib/server/config/config';
import { getFleetSnapshot } from '@/lib/server/feed/get-fleet';
import { getRelatedResources } from '@/lib/server/related/related-resources';
import type { Caller } from '@/lib/server/rights/caller';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DIRECT_CASES } from '@/testing/installation/findings/direct-cases';
import type { ExpectedFinding } from '@/testing/installation/findings/finding-case';
import {
  BROWSER_CODES,
  createCases,
  findingCases,
  finishCase,
} from '@/testing/installation/findings/finding-cases';
import { SimulatedControlPlane } from '@/testing/installation/simulated-control-plane';
import type { SimulatedPlane } from '@/testing/installation/simulated-planes';
import { captureLog, startProcessRuntime, stopProcessRuntime } from '@/testing/server/test-runtime';
import { type DiagnosisFinding, FINDING_CODES } from './diagnosis-finding';
import { fleetFacts } from './fleet-facts';

const cases = findingCases();

let controlPlane: SimulatedControlPlane;
let runtime: Runtime;
let admin: Caller;

async function start(release: Release): Promise<void> {
  captureLog();
  const bare = await sharedControlPlane(release);
  // A kind that the upgrade to 1.0 left behind.
  const leftOver = crdsOf('0.16').filter(({ spec }) => spec.names.kind === 'BuildPlane');
  if (release === '1.2') await installCrds(bare.controlPlane.client, [...crdsOf(release), ...leftOver]);
  controlPlane = await SimulatedControlPlane.start({ release, bare });
  await createCases(controlPlane, release === '1.2' ? cases : DIRECT_CASES);
  runtime = await startProcessRuntime(controlPlane.demo.controlPlane.kubeconfigPath);
  admin = await serviceCaller();
}

async function stop(): Promise<void> {
  await stopProcessRuntime(runtime);
  await controlPlane?.stop();
}

/** Returns a plane's findings as its page composes them from the server's answers. */
async function findingsOf({ kind, namespace, name }: SimulatedPlane): Promise<readonly DiagnosisFinding[]> {
  const snapshot = fleetSnapshotSchema.parse(await getFleetSnapshot(admin));
  const nowMs = Date.parse(snapshot.serverTime);
  const planes = new Map(snapshot.planes.map((plane) => [plane.uid, plane]));
  const fleet = new DerivedFleet();
  const { controller } = snapshot.controlPlane;
  fleet.update({ ...snapshot, planes, controller, serverContactAtMs: nowMs }, null, nowMs);
  const rows = fleet.all();
  const plural = kindOfName(kind)?.plural ?? '';
  const key = planeKey({ plural, namespace, name });
  const row = rows.find(({ plane }) => planeKey(plane) === key);
  if (!row) throw new Error(`The fleet has no ${key}.`);
  const { plane } = row;
  const answer = relatedResourcesAnswerSchema.parse(await getRelatedResources(admin, plane));
  const { kinds } = await getCatalog(admin);
  const facts = {
    row,
    siblings: siblingsIn(rows, { uid: plane.uid, key: siblingKey(plane) }),
    fleet: fleetFacts(plane, rows, snapshot.incidents),
    gateway: snapshot.controlPlane.gateway ?? null,
    limits: snapshot.limits,
    forbidden: false,
    features: kindFeatures(kinds.find((served) => served.plural === plural)?.schema),
    related: { value: answer.related, readAt: answer.serverTime },
    contexts: { plane: null, controlPlane: null },
    changes: [],
    controlPlaneNamespace: getConfig().controlPlaneNamespace,
    serverContactAtMs: nowMs,
  };
  return diagnoseRow(facts, (other) => fleet.judge(other.plane, nowMs), nowMs);
}

/** Waits until the plane has the finding with its severity, title, fact, source and remedy. */
function expectFinding(
  plane: SimulatedPlane,
  { code, severity, title, known, todo, action }: ExpectedFinding,
): Promise<void> {
  return vi.waitFor(
    async () => {
      const findings = await findingsOf(plane);
      const finding = findings.find((one) => one.code === code);
      expect(finding, `${findings.map((one) => one.code)}`).toMatchObject({ severity, title });
      if (!finding) return;
      expect(`${finding.known} ${finding.consequence}`).toMatch(known);
      expect(finding.evidence).not.toBe('');
      if (todo === null) {
        expect(finding.remedies).toEqual([]);
        return;
      }
      const remedies = finding.remedies.map((one) => ({ ...one, shown: `${one.text}\n${one.command}` }));
      const shown: unknown = expect.stringMatching(todo);
      expect(remedies).toContainEqual(expect.objectContaining({ shown, ...(action ? { action } : {}) }));
    },
    { timeout: 30_000, interval: 200 },
  );
}

describe('an API server of release 1.2', () => {
  beforeAll(() => start('1.2'));
  afterAll(stop);

  test.each(cases)('with a plane at fault reports $code as "$title"', async (item) => {
    await finishCase(controlPlane, item);
    await expectFinding(item.plane, item);
  });
});

describe('an API server of release 0.7', () => {
  beforeAll(() => start('0.7'));
  afterAll(stop);

  test.each(DIRECT_CASES)('with a plane without an agent reports $code', async (item) => {
    await expectFinding(item.plane, item);
  });
});

test('every finding has a case here or in the browser', () => {
  const covered = [...cases, ...DIRECT_CASES].map(({ code }) => code);
  expect([...covered, ...BROWSER_CODES].toSorted()).toEqual([...FINDING_CODES].toSorted());
});
