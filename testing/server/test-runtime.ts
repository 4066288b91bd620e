import { pino } from 'pino';
import type { FleetPlane } from '@/lib/api/fleet';
import { DEFAULT_LIMITS, type HealthLimits } from '@/lib/plane/health/health-facts';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import type { WallMode } from '@/lib/server/config/config';
import { kubeconfigLoader } from '@/lib/server/kube/kubeconfig';
import { processSlot } from '@/lib/server/process/process-slot';
import { EVERYTHING } from '@/lib/server/rights/visible-planes';
import { createRuntime, type Runtime } from '@/lib/server/runtime/create-runtime';

/** The server's runtime, as instrumentation starts it, beside a control plane of the test. */
export function startRuntime(
  kubeconfigPath: string,
  limits: Partial<HealthLimits> = {},
  wall: WallMode = 'token',
): Runtime {
  return createRuntime({
    config: {
      installation: null,
      limits: { ...DEFAULT_LIMITS, ...limits },
      wall,
      controlPlaneNamespace: CONTROL_PLANE_NAMESPACE,
    },
    loadCredential: kubeconfigLoader(null, { KUBECONFIG: kubeconfigPath }),
    log: pino({ level: 'silent' }),
  });
}

/** Starts the runtime that the routes and features of this process use, and waits until it knows every kind's fields. */
export async function startProcessRuntime(...parameters: Parameters<typeof startRuntime>): Promise<Runtime> {
  const runtime = startRuntime(...parameters);
  processSlot('runtime', () => runtime);
  await untilFieldsKnown(runtime);
  return runtime;
}

/** The planes that a reader would be shown now. */
export function planesOf(runtime: Runtime): FleetPlane[] {
  return runtime.snapshots.object(EVERYTHING).planes;
}

/** The plane of that name, or undefined. */
export function planeNamed(runtime: Runtime, name: string): FleetPlane | undefined {
  return planesOf(runtime).find((plane) => plane.name === name);
}

/** Resolves as soon as the condition holds; looked at after every change of the fleet. The test's own limit ends the wait. */
export function until(runtime: Runtime, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (condition()) {
      resolve();
      return;
    }
    const stop = runtime.engine.subscribe(() => {
      // Not inside the engine's own round of telling: looking at the fleet makes it judge anew.
      queueMicrotask(() => {
        if (!condition()) return;
        stop();
        resolve();
      });
    });
  });
}

/** The state of every source, as one text: `live` when all are. */
export function sourceStates(runtime: Runtime): string {
  return [...new Set(runtime.engine.sources.wire().map((source) => source.state))].sort().join();
}

/** Resolves when all of at least one source are live. */
export function untilLive(runtime: Runtime): Promise<void> {
  return until(runtime, () => sourceStates(runtime) === 'live');
}

/** Resolves when every kind is watched and its fields are known: OpenAPI lags some seconds behind discovery. */
export async function untilFieldsKnown(runtime: Runtime): Promise<void> {
  await until(runtime, () => runtime.catalog.state.kinds?.every(({ schema }) => schema) === true);
  await untilLive(runtime);
}

/** Collects what the server logs from now on, line by line, instead of printing it. */
export function captureLog(): string[] {
  const lines: string[] = [];
  processSlot('log', () => pino({ base: null }, { write: (line: string) => void lines.push(line) }));
  return lines;
}
