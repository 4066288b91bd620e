import { type CommandValue, usableValue } from '@/lib/plane/agent-setup/command-values';

/**
 * What somebody filled into the commands last time, in this browser: no secrets are among it. The context of a plane's
 * cluster is kept for each plane type and planeID, because two planes have two clusters.
 */
const STORAGE_KEY = 'planeboard.connect';
const MAX_CONTEXTS = 50;

interface Memory {
  readonly chartVersion: string;
  readonly gatewayUrl: string;
  readonly controlPlaneContext: string;
  /** By `dataplane/my-plane`, the one used last at the end. */
  readonly planeContexts: readonly (readonly [string, string])[];
}

const EMPTY: Memory = { chartVersion: '', gatewayUrl: '', controlPlaneContext: '', planeContexts: [] };

const listeners = new Set<() => void>();
let text: string | null = null;
let memory: Memory = EMPTY;

/** The memory as it is; the same object until something changes. Storage that is not there is an empty memory. */
export function readSetupMemory(): Memory {
  let stored: string | null = null;
  try {
    stored = window.localStorage.getItem(STORAGE_KEY);
  } catch {
    // Storage that the browser forbids remembers nothing.
  }
  if (stored !== text) {
    text = stored;
    memory = parseMemory(stored);
  }
  return memory;
}

/** What is remembered before the browser can be asked: nothing. */
export function emptySetupMemory(): Memory {
  return EMPTY;
}

export function subscribeSetupMemory(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** What is remembered of a value for a plane; empty: nothing. */
export function rememberedValue(from: Memory, name: CommandValue, clusterKey: string): string {
  if (name !== 'planeContext') return from[name];
  return from.planeContexts.find(([key]) => key === clusterKey)?.[1] ?? '';
}

/** Remembers a value for the next time, once it can be used. */
export function rememberValue(name: CommandValue, value: string, clusterKey: string): void {
  const usable = usableValue(name, value);
  if (usable === null) return;
  const before = readSetupMemory();
  const others = before.planeContexts.filter(([key]) => key !== clusterKey);
  const after: Memory =
    name === 'planeContext'
      ? { ...before, planeContexts: [...others, [clusterKey, usable] as const].slice(-MAX_CONTEXTS) }
      : { ...before, [name]: usable };
  try {
    window.localStorage.setItem(STORAGE_KEY, JSON.stringify(after));
  } catch {
    return;
  }
  for (const listener of listeners) listener();
}

/** Whatever stands in the storage may have been written by anything: what does not fit is left out. */
function parseMemory(stored: string | null): Memory {
  const value = parseJson(stored);
  if (typeof value !== 'object' || value === null) return EMPTY;
  const fields = value as Record<string, unknown>;
  const textOf = (name: CommandValue) => {
    const field = fields[name];
    return typeof field === 'string' ? (usableValue(name, field) ?? '') : '';
  };
  const contexts = Array.isArray(fields.planeContexts) ? (fields.planeContexts as unknown[]) : [];
  return {
    chartVersion: textOf('chartVersion'),
    gatewayUrl: textOf('gatewayUrl'),
    controlPlaneContext: textOf('controlPlaneContext'),
    planeContexts: contexts.filter(isContextEntry),
  };
}

function isContextEntry(entry: unknown): entry is readonly [string, string] {
  return (
    Array.isArray(entry) &&
    entry.length === 2 &&
    typeof entry[0] === 'string' &&
    typeof entry[1] === 'string' &&
    usableValue('planeContext', entry[1]) !== null
  );
}

function parseJson(stored: string | null): unknown {
  try {
    return stored === null ? null : JSON.parse(stored);
  } catch {
    return null;
  }
}
