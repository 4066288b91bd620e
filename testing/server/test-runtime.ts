import { pino } from 'pino';
import type { FleetPlane } from '@/lib/api/fleet';
import { DEFAULT_LIMITS, type HealthLimits } from '@/lib/plane/health/health-facts';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { getConfig, type WallMode } from '@/lib/server/config/config';
import type { WallLinkConfig } from '@/lib/server/config/wall-config';
import { kubeconfigLoader } from '@/lib/server/kube/kubeconfig';
import type { AuditOutput } from '@/lib/server/log/audit';
import { clearProcessSlots, processSlot } from '@/lib/server/process/process-slot';
import { WHOLE_FLEET } from '@/lib/server/rights/view';
import { createRuntime, type Runtime } from '@/lib/server/runtime/create-runtime';

/** Starts the server's runtime as instrumentation does, with the test's control plane. */
export function startRuntime(
  kubeconfigPath: string,
  limits: Partial<HealthLimits> = {},
  wall: WallMode = 'token',
  namespaces: readonly string[] = [],
  wallLinks: WallLinkConfig = getConfig().wallLinks,
): Runtime {
  return createRuntime({
    config: {
      installation: null,
      auth: getConfig().auth,
      limits: { ...DEFAULT_LIMITS, ...limits },
      wall,
      wallLinks,
      controlPlaneNamespace: CONTROL_PLANE_NAMESPACE,
      namespaces,
    },
    loadCredential: kubeconfigLoader(null, { KUBECONFIG: kubeconfigPath }),
    log: pino({ level: 'silent' }),
  });
}

/** Starts the runtime that this process's routes and features use. Resolves when it knows every kind's schema. */
export async function startProcessRuntime(...parameters: Parameters<typeof startRuntime>): Promise<Runtime> {
  const runtime = startRuntime(...parameters);
  processSlot('runtime', () => runtime);
  await untilFieldsKnown(runtime);
  return runtime;
}

/** Stops the process's runtime and forgets everything of its server. The next one may use another control plane. */
export async function stopProcessRuntime(runtime: Runtime | undefined): Promise<void> {
  await runtime?.stop();
  clearProcessSlots();
}

/** Returns the planes that a reader with all rights sees now. */
export function planesOf(runtime: Runtime): FleetPlane[] {
  return runtime.snapshots.object(WHOLE_FLEET).planes;
}

/** Returns the plane with that name, or undefined. */
export function planeNamed(runtime: Runtime, name: string): FleetPlane | undefined {
  return planesOf(runtime).find((plane) => plane.name === name);
}

/** The catalogue and the identity change without a change of the fleet, so they're checked by time as well. */
const RECHECK_MS = 50;

/**
 * Resolves when the condition holds. Checks it after every change of the fleet and every 50 ms, until the test times
 * out.
 */
export function until(runtime: Runtime, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (condition()) {
      resolve();
      return;
    }
    const check = () => {
      if (!condition()) return;
      stop();
      clearInterval(timer);
      resolve();
    };
    // Not while the engine notifies its subscribers: reading the fleet makes it judge planes again.
    const stop = runtime.engine.subscribe(() => queueMicrotask(check));
    const timer = setInterval(check, RECHECK_MS);
  });
}

/** Returns the distinct states of all sources as one text: `live` if all are live. */
export function sourceStates(runtime: Runtime): string {
  return [...new Set(runtime.engine.sources.wire().map((source) => source.state))].sort().join();
}

/** Resolves when at least one source exists and all are live. */
export function untilLive(runtime: Runtime): Promise<void> {
  return until(runtime, () => sourceStates(runtime) === 'live');
}

/** Resolves when every kind is watched and its schema is known: OpenAPI lags some seconds behind discovery. */
async function untilFieldsKnown(runtime: Runtime): Promise<void> {
  await until(runtime, () => runtime.catalog.state.kinds?.every(({ schema }) => schema) === true);
  await untilLive(runtime);
}

/** Collects the server's log lines from now on instead of printing them. */
export function captureLog(): string[] {
  const lines: string[] = [];
  processSlot('log', () => pino({ base: null }, { write: (line: string) => void lines.push(line) }));
  processSlot('audit-log', (): AuditOutput => async (line) => void lines.push(line));
  return lines;
}
