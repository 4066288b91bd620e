'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { ownKey } from '@/lib/client/session/person';
import {
  COMMAND_VALUES,
  type CommandValue,
  type CommandValues,
  usableValue,
} from '@/lib/plane/agent-setup/command-values';
import { parseChoices, type SetupChoices } from '@/lib/plane/agent-setup/setup-choices';

/**
 * The command values last entered in this browser. None is secret. What belongs to one cluster is stored for each
 * plane type and planeID, because two planes have two clusters.
 */
const STORAGE_KEY = 'planeboard.connect';
const MAX_CLUSTERS = 50;

/** The values of one plane's cluster; all others apply to every plane. */
const CLUSTER_VALUES: readonly CommandValue[] = [
  'planeContext',
  'caSecret',
  'gatewayHostname',
  'observerBaseUrl',
];

type Texts = Readonly<Partial<Record<CommandValue, string>>>;

interface ClusterEntry {
  readonly values: Texts;
  readonly choices: SetupChoices;
}

interface StoredValues {
  readonly values: Texts;
  /** Keyed by `dataplane/my-plane`, most recently used last. */
  readonly clusters: readonly (readonly [string, ClusterEntry])[];
}

const EMPTY: StoredValues = { values: {}, clusters: [] };

/** Everything stored for the commands on one plane's cluster. */
export interface StoredCommandValues {
  /** Missing values are empty. */
  readonly values: CommandValues;
  readonly choices: SetupChoices;
}

const listeners = new Set<() => void>();
let text: string | null = null;
let parsed: StoredValues = EMPTY;

/** Returns the stored values and choices for commands on a plane's cluster. */
export function useStoredSetup(clusterKey: string): StoredCommandValues {
  const stored = useSyncExternalStore(subscribe, readStorage, () => EMPTY);
  return useMemo(() => setupFor(stored, clusterKey), [stored, clusterKey]);
}

/** Returns the stored values for commands on a plane's cluster; missing values are empty. */
export function useStoredCommandValues(clusterKey: string): CommandValues {
  return useStoredSetup(clusterKey).values;
}

export function readStoredSetup(clusterKey: string): StoredCommandValues {
  return setupFor(readStorage(), clusterKey);
}

function setupFor(stored: StoredValues, clusterKey: string): StoredCommandValues {
  const cluster = stored.clusters.find(([key]) => key === clusterKey)?.[1];
  const value = (name: CommandValue) =>
    (CLUSTER_VALUES.includes(name) ? cluster?.values : stored.values)?.[name] ?? '';
  return {
    values: Object.fromEntries(COMMAND_VALUES.map((name) => [name, value(name)])) as CommandValues,
    choices: cluster?.choices ?? parseChoices(null),
  };
}

/** Stores a value for next time, if a command can use it. */
export function storeCommandValue(name: CommandValue, value: string, clusterKey: string): void {
  const usable = usableValue(name, value);
  if (usable === null) return;
  const before = readStorage();
  if (!CLUSTER_VALUES.includes(name)) {
    write({ ...before, values: { ...before.values, [name]: usable } });
    return;
  }
  storeCluster(before, clusterKey, ({ values, choices }) => ({
    values: { ...values, [name]: usable },
    choices,
  }));
}

/** Stores what was chosen for a plane's cluster. */
export function storeChoices(choices: SetupChoices, clusterKey: string): void {
  storeCluster(readStorage(), clusterKey, ({ values }) => ({ values, choices }));
}

function storeCluster(
  before: StoredValues,
  clusterKey: string,
  change: (entry: ClusterEntry) => ClusterEntry,
): void {
  const entry = before.clusters.find(([key]) => key === clusterKey)?.[1];
  const changed = change(entry ?? { values: {}, choices: parseChoices(null) });
  const others = before.clusters.filter(([key]) => key !== clusterKey);
  write({ ...before, clusters: [...others, [clusterKey, changed] as const].slice(-MAX_CLUSTERS) });
}

function write(after: StoredValues): void {
  try {
    window.localStorage.setItem(ownKey(STORAGE_KEY), JSON.stringify(after));
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
    stored = window.localStorage.getItem(ownKey(STORAGE_KEY));
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
  const { values, clusters } = fieldsOf(parseJson(stored));
  return {
    values: parseTexts(values),
    clusters: Array.isArray(clusters) ? (clusters as unknown[]).flatMap(parseCluster) : [],
  };
}

function parseCluster(entry: unknown): (readonly [string, ClusterEntry])[] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string') return [];
  const { values, choices } = fieldsOf(entry[1]);
  return [[entry[0], { values: parseTexts(values), choices: parseChoices(choices) }]];
}

function parseTexts(value: unknown): Texts {
  const fields = fieldsOf(value);
  const usable = COMMAND_VALUES.flatMap((name) => {
    const field = fields[name];
    const found = typeof field === 'string' ? usableValue(name, field) : null;
    return found === null ? [] : [[name, found] as const];
  });
  return Object.fromEntries(usable);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parseJson(stored: string | null): unknown {
  try {
    return stored === null ? null : JSON.parse(stored);
  } catch {
    return null;
  }
}
