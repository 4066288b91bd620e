import type { BrowserContext } from '@playwright/test';

/**
 * Speeds up the clocks, timeouts and intervals in all pages of a context, from the load of each page. The network's
 * speed doesn't change. Call it before the first page opens.
 *
 * @param speed the page's seconds per real second
 */
export async function speedUpTime(context: BrowserContext, speed: number): Promise<void> {
  await context.addInitScript((factor: number) => {
    const runMs = performance.now.bind(performance);
    const wallMs = Date.now.bind(Date);
    const [startRunMs, startWallMs] = [runMs(), wallMs()];
    const wait = window.setTimeout.bind(window);
    const repeat = window.setInterval.bind(window);
    performance.now = () => startRunMs + (runMs() - startRunMs) * factor;
    Date.now = () => startWallMs + (wallMs() - startWallMs) * factor;
    const setTimer = (handler: TimerHandler, ms = 0, ...rest: unknown[]) =>
      wait(handler, ms / factor, ...rest);
    const setRepeat = (handler: TimerHandler, ms = 0, ...rest: unknown[]) =>
      repeat(handler, ms / factor, ...rest);
    Object.assign(window, { setTimeout: setTimer, setInterval: setRepeat });
  }, speed);
}

/** Shifts the wall clock in all pages of a context, and no other clock. */
export async function setClockOffset(context: BrowserContext, byMs: number): Promise<void> {
  await context.addInitScript((offsetMs: number) => {
    const Real = Date;
    const realNow = Real.now.bind(Real);
    const now = () => realNow() + offsetMs;
    const Shifted: DateConstructor = new Proxy(Real, {
      construct: (target, args: [], newTarget): Date =>
        Reflect.construct(
          target,
          args.length === 0 ? [now()] : args,
          newTarget === Shifted ? target : newTarget,
        ),
      apply: (target) => new target(now()).toString(),
      get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
    });
    Object.assign(window, { Date: Shifted });
  }, byMs);
}
