import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { REAL_PACE } from '@/testing/server/planeboard-server';

/** For as many planes as follow; more take longer in proportion. */
const START_TIMEOUT_MS = 4 * MINUTE_MS;
const PLANES_OF_TIMEOUT = 10_000;
/** The interval of a real agent, which the limits of the configuration are made for. */
export const HEARTBEAT_SECONDS = 60;

/** Scales the limits of a heartbeat's age with its interval. */
export function limitsFor(heartbeat: number): Record<string, string> {
  const seconds = (limitMs: number) => String((limitMs / 1000) * (heartbeat / HEARTBEAT_SECONDS));
  return {
    ...REAL_PACE,
    PLANEBOARD_HEARTBEAT_FRESH_SECONDS: seconds(DEFAULT_LIMITS.heartbeatFreshMs),
    PLANEBOARD_HEARTBEAT_STALE_SECONDS: seconds(DEFAULT_LIMITS.heartbeatStaleMs),
    PLANEBOARD_CONTROLLER_PROOF_SECONDS: seconds(DEFAULT_LIMITS.controllerProofMs),
  };
}

/**
 * Waits until the server knows all planes. Asks for their number only: a list of them all would take memory.
 *
 * @param headers of someone who may get the metrics
 */
export async function known(
  url: string,
  planes: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  await until(planes, async () => {
    const text = await fetch(`${url}/metrics`, { headers }).then((response) => response.text());
    const counts = [...text.matchAll(/^planeboard_planes\{.*\} (\d+)$/gm)].map(([, count]) => Number(count));
    const count = counts.reduce((sum, number) => sum + number, 0);
    return count === planes ? null : `the server counts ${count} of ${planes} planes`;
  });
}

/** Waits until nothing is missing any more, for longer with more planes. */
export async function until(planes: number, missing: () => Promise<string | null>): Promise<void> {
  const timeoutMs = START_TIMEOUT_MS * Math.max(1, planes / PLANES_OF_TIMEOUT);
  const untilMs = performance.now() + timeoutMs;
  for (;;) {
    const askedAtMs = performance.now();
    const text = await missing();
    if (text === null) return;
    if (performance.now() > untilMs)
      throw new Error(`Timed out after ${Math.round(timeoutMs / MINUTE_MS)} min: ${text}.`);
    // An answer with many planes takes the server long, and the question must not become its main work.
    await sleep(1000 + 4 * (performance.now() - askedAtMs));
  }
}
