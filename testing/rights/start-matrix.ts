import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { processSlot } from '@/lib/server/process/process-slot';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import { createWallToken } from '@/lib/server/wall/wall-tokens';
import { startProcessRuntime, startRuntime, until } from '@/testing/server/test-runtime';
import type { AppRoute } from './app-routes';
import type { MatrixWorld, PlantedWorld } from './matrix-world';
import { RouteMatrix } from './route-matrix';
import { createGroup, createUser, GROUP_SORT, grantImpersonation, MATRIX_GROUP, SORTS } from './test-people';

const ACCOUNT = 'planeboard';
/** Planeboard's account reads everything that it shows, writes wall links, and impersonates people. */
const ACCOUNT_RULES = [
  { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] },
  { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'create', 'patch'] },
];

export interface StartedMatrix {
  readonly world: MatrixWorld;
  readonly matrix: RouteMatrix;
}

/** Creates Planeboard's account with a client certificate, and the group that it impersonates. Returns the path of its kubeconfig. */
export async function createAccount(controlPlane: ControlPlaneAccess): Promise<string> {
  const { kubeconfigPath } = await controlPlane.addUser({ name: ACCOUNT });
  await grantImpersonation(controlPlane, ACCOUNT, [MATRIX_GROUP]);
  await createGroup(controlPlane, MATRIX_GROUP, SORTS[GROUP_SORT]);
  await createUser(controlPlane, ACCOUNT, [{ rules: ACCOUNT_RULES }]);
  return kubeconfigPath;
}

/**
 * Starts Planeboard with the kubeconfig of one person. There are no wall links: what a screen shows doesn't depend on who
 * stands in front of it.
 *
 * @param namespaces those that are watched, for someone who may not list the whole cluster
 */
export async function startMatrixOf(
  planted: PlantedWorld,
  { kubeconfigPath, readable }: { readonly kubeconfigPath: string; readonly readable: ReadonlySet<string> },
  routes: readonly AppRoute[],
  namespaces: readonly string[],
): Promise<StartedMatrix> {
  const runtime = startRuntime(kubeconfigPath, {}, 'token', namespaces);
  processSlot('runtime', () => runtime);
  await until(runtime, () => runtime.catalog.state.kinds?.every(({ schema }) => schema) === true);
  await until(runtime, () => [...runtime.engine.planes()].length === readable.size);
  const world = { ...planted, runtime, screenCookie: '', unusedLink: '' };
  return { world, matrix: new RouteMatrix(planted, routes) };
}

/** Starts Planeboard in a world, with two wall links. */
export async function startMatrix(
  planted: PlantedWorld,
  kubeconfigPath: string,
  routes: readonly AppRoute[],
): Promise<StartedMatrix> {
  const runtime = await startProcessRuntime(kubeconfigPath);
  await until(runtime, () => [...runtime.engine.planes()].length === planted.planes.length);
  const limits = { kinds: [], roles: [], namespaces: ['acme'] };
  const account = await serviceCaller();
  const { token } = await createWallToken(account, { title: 'Lobby', limits });
  const { id: unusedLink } = await createWallToken(account, { title: 'Unused', limits });
  const world = { ...planted, runtime, screenCookie: `planeboard_wall=${token}`, unusedLink };
  return { world, matrix: new RouteMatrix(planted, routes) };
}
