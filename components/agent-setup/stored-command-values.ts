'use client';

import { useMemo, useSyncExternalStore } from 'react';
import {
  COMMAND_VALUES,
  type CommandValue,
  type CommandValues,
  usableValue,
} from '@/lib/plane/agent-setup/command-values';

/**
 * The command values last entered in this browser. None is secret. The context of a plane's cluster is stored for
 * each plane type and planeID, because two planes have two clusters.
 */
const STORAGE_KEY = 'planeboard.connect';
const MAX_CONTEXTS = 50;

interface StoredValues {
  readonly chartVersion: string;
  readonly gatewayUrl: string;
  readonly controlPlaneContext: string;
  /** Keyed by `dataplane/my-plane`, most recently used last. */
  readonly planeContexts: readonly (readonly [string, string])[];
}

const EMPTY: StoredValues = { chartVersion: '', gatewayUrl: '', controlPlaneContext: '', planeContexts: [] };

const listeners = new Set<() => void>();
let text: string | null = null;
let parsed: StoredValues = EMPTY;

/** Returns the stored values for commands on a plane's cluster; missing values are empty. */
export function useStoredCommandValues(clusterKey: string): CommandValues {
  const stored = useSyncExternalStore(subscribe, readStorage, () => EMPTY);
  return useMemo(() => valuesFor(stored, clusterKey), [stored, clusterKey]);
}

export function readStoredCommandValues(clusterKey: string): CommandValues {
  return valuesFor(readStorage(), clusterKey);
}

function valuesFor(stored: StoredValues, clusterKey: string): CommandValues {
  const planeContext = stored.planeContexts.find(([key]) => key === clusterKey)?.[1] ?? '';
  const value = (name: CommandValue) => (name === 'planeContext' ? planeContext : stored[name]);
  return Object.fromEntries(COMMAND_VALUES.map((name) => [name, value(name)])) as CommandValues;
}

/** Stores a value for next time, if a command can use it. */
export function storeCommandValue(name: CommandValue, value: string, clusterKey: string): void {
  const usable = usableValue(name, value);
  if (usable === null) return;
  const before = readStorage();
  const others = before.planeContexts.filter(([key]) => key !== clusterKey);
  const after: StoredValues =
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

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** Returns the same object until the storage changes. */
function readStorage(): StoredValues {
  let stored: string | null = null;
  try {
    stored = window.localStorage.getItem(STORAGE_KEY);
  } catch {
    // The browser forbids storage, so nothing is stored.
  }
  if (stored !== text) {
    text = stored;
    parsed = parseStored(stored);
  }
  return parsed;
}

/** Parses the stored text. Any program may have written it, so invalid parts are dropped. */
function parseStored(stored: string | null): StoredValues {
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
