interface PaceHolder {
  /**
   * How many times as fast as normal Planeboard waits and lets what it read age; for its own tests. Set once when a
   * process or page starts. Network timeouts, batching and the ages of Kubernetes' own times don't follow it.
   */
  planeboardPace?: number;
}

/** The global object, because Next bundles this module several times for one process. */
const holder = globalThis as PaceHolder;

/** The pace of this process or page, 1 unless it was set. */
export function pace(): number {
  return holder.planeboardPace ?? 1;
}

export function setPace(value: number): void {
  holder.planeboardPace = value;
}

/**
 * Returns a wait or an age limit at the current pace. Call it when the wait begins, because modules load before the
 * pace is set.
 */
export function paced(ms: number): number {
  return ms / pace();
}
