import type { BrowserContext } from '@playwright/test';

/**
 * Makes time pass faster in all pages of a context: clocks, timeouts and intervals, from the moment that each page is
 * loaded. What the network needs stays as it is. To be called before the first page is opened.
 *
 * @param speed how many seconds pass in one
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

/** Shifts the wall clock of all pages of a context, and leaves every other clock as it is. */
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
