import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clearProcessSlots } from '@/lib/server/process/process-slot';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { appRoutes } from '@/testing/rights/app-routes';
import { compareRoutes, leaksIn } from '@/testing/rights/compare-routes';
import { DirectAnswers } from '@/testing/rights/direct-answers';
import type { MatrixPerson } from '@/testing/rights/matrix-person';
import { createMatrixWorld, type PlantedWorld } from '@/testing/rights/matrix-world';
import { readableBy } from '@/testing/rights/readable-by';
import { ROUTE_CHECKS } from '@/testing/rights/route-checks';
import { type StartedMatrix, startMatrixOf } from '@/testing/rights/start-matrix';
import { createUser, idOf, SORTS } from '@/testing/rights/test-people';
import { captureLog, stopProcessRuntime } from '@/testing/server/test-runtime';

/**
 * People who start Planeboard with a kubeconfig of their own, and the namespaces that they watch. The other sorts can't do
 * that: they may watch no planes.
 */
const PEOPLE = [
  { sort: 'cluster admin', namespaces: [] },
  { sort: 'plane admin', namespaces: [] },
  { sort: "one namespace's admin", namespaces: ['acme'] },
  { sort: "two namespaces' viewer", namespaces: ['acme', 'beta'] },
] as const;

/**
 * No one signs in, there are no wall links, and the metrics are for everyone who reaches the server. With namespaces of its own,
 * the form of a registration knows and accepts these alone, which has a test of its own.
 */
function checksWith(namespaces: readonly string[]): typeof ROUTE_CHECKS {
  const others = / \/wall|\/wall-tokens|\/oidc|\/metrics|^(POST|DELETE) \/api\/session/;
  const left = namespaces.length > 0 ? /\/registrations(\/kinds|\/namespaces)?$/ : /^$/;
  const entries = Object.entries(ROUTE_CHECKS);
  return Object.fromEntries(entries.filter(([name]) => !others.test(name) && !left.test(name)));
}

let bare: BareControlPlane | undefined;
let planted: PlantedWorld;

beforeAll(async () => {
  bare = await sharedControlPlane();
  planted = await createMatrixWorld(bare);
});
afterAll(async () => {
  await bare?.stop();
  vi.unstubAllEnvs();
});

describe.each(PEOPLE)('with the client certificate of the $sort', ({ sort, namespaces }) => {
  let started: (StartedMatrix & { readonly person: MatrixPerson }) | undefined;
  let log: string[];

  beforeAll(async () => {
    vi.stubEnv('PLANEBOARD_NAMESPACES', namespaces.join());
    clearProcessSlots();
    log = captureLog();
    const { controlPlane } = planted.bare;
    const { kubeconfigPath, ...certificate } = await controlPlane.addUser({ name: idOf(sort) });
    await createUser(controlPlane, idOf(sort), SORTS[sort]);
    const direct = DirectAnswers.ofCertificate(certificate);
    const readable = await readableBy(direct, planted.planes);
    const person = { sort, way: 'client certificate', token: null, headers: {}, direct, readable };
    const { matrix, world } = await startMatrixOf(
      planted,
      { kubeconfigPath, readable },
      await appRoutes(),
      namespaces,
    );
    started = { matrix, world, person };
  });
  afterAll(async () => {
    await started?.person.direct.close();
    await stopProcessRuntime(started?.world.runtime);
  });

  function startedMatrix() {
    if (!started) throw new Error("Planeboard hasn't started.");
    return started;
  }

  describe('Planeboard answers as the API server does', () =>
    compareRoutes(checksWith(namespaces), startedMatrix));

  test('no answer has revealed a plane or a secret, and the log has none either', () => {
    const { matrix } = startedMatrix();
    expect(matrix.calls).toBeGreaterThan(200);
    expect([...matrix.revealed]).toEqual([]);
    expect(leaksIn(startedMatrix(), new Map(), log)).toEqual([]);
  });
});
