/** Runs a named part of the startup. */
export type Step = <T>(title: string, work: () => Promise<T>, detail?: (result: T) => string) => Promise<T>;

/** Runs each part without output. */
export const silentStep: Step = (_title, work) => work();

/** Runs each part, then prints how long it took. */
export function printedSteps(print: (line: string) => void): Step {
  return async (title, work, detail) => {
    const startedAtMs = performance.now();
    try {
      const result = await work();
      const tookS = ((performance.now() - startedAtMs) / 1000).toFixed(1);
      print(`  ✓ ${title.padEnd(30)} ${tookS.padStart(6)} s${detail ? `   ${detail(result)}` : ''}`);
      return result;
    } catch (error) {
      print(`  ✗ ${title}`);
      throw error;
    }
  };
}
