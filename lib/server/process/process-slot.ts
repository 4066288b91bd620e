import 'server-only';

/**
 * Next loads a server module up to three times in one process (instrumentation, route handlers, pages), so a module's
 * own variables are not shared; `globalThis` is. In development it also survives reloads with objects of old code in
 * it: raise the version whenever the shape of a stored value changes.
 */
const SLOTS = Symbol.for('planeboard.process-slots.v1');

type SlotHolder = typeof globalThis & { [SLOTS]?: Map<string, unknown> };

/**
 * Returns the process's one value of that name, created on first use. `create` must not fail halfway: nothing is
 * stored when it throws.
 */
export function processSlot<T>(name: string, create: () => T): T {
  const holder: SlotHolder = globalThis;
  holder[SLOTS] ??= new Map();
  const slots = holder[SLOTS];
  if (!slots.has(name)) slots.set(name, create());
  return slots.get(name) as T;
}

/** Forgets all values, so that a test can start another server in its process. */
export function clearProcessSlots(): void {
  (globalThis as SlotHolder)[SLOTS]?.clear();
}
