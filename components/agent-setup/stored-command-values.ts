'use client';

import { useMemo } from 'react';
import { OwnSetting, useOwnSetting } from '@/lib/client/own-setting';
import {
  COMMAND_VALUES,
  type CommandValue,
  type CommandValues,
  usableValue,
} from '@/lib/plane/agent-setup/command-values';
import { parseChoices, type SetupChoices } from '@/lib/plane/agent-setup/setup-choices';

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

/**
 * The command values last entered in this browser. None is secret. What belongs to one cluster is stored for each
 * plane type and planeID, because two planes have two clusters.
 */
const SETTING = new OwnSetting<StoredValues>('planeboard.connect', EMPTY, parseStored);

/** Returns the stored values and choices for commands on a plane's cluster. */
export function useStoredSetup(clusterKey: string): StoredCommandValues {
  const stored = useOwnSetting(SETTING);
  return useMemo(() => setupFor(stored, clusterKey), [stored, clusterKey]);
}

/** Returns the stored values for commands on a plane's cluster; missing values are empty. */
export function useStoredCommandValues(clusterKey: string): CommandValues {
  return useStoredSetup(clusterKey).values;
}

export function readStoredSetup(clusterKey: string): StoredCommandValues {
  return setupFor(SETTING.read(), clusterKey);
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
  const before = SETTING.read();
  if (!CLUSTER_VALUES.includes(name)) {
    SETTING.store({ ...before, values: { ...before.values, [name]: usable } });
    return;
  }
  storeCluster(before, clusterKey, ({ values, choices }) => ({
    values: { ...values, [name]: usable },
    choices,
  }));
}

/** Stores what was chosen for a plane's cluster. */
export function storeChoices(choices: SetupChoices, clusterKey: string): void {
  storeCluster(SETTING.read(), clusterKey, ({ values }) => ({ values, choices }));
}

function storeCluster(
  before: StoredValues,
  clusterKey: string,
  change: (entry: ClusterEntry) => ClusterEntry,
): void {
  const entry = before.clusters.find(([key]) => key === clusterKey)?.[1];
  const changed = change(entry ?? { values: {}, choices: parseChoices(null) });
  const others = before.clusters.filter(([key]) => key !== clusterKey);
  SETTING.store({ ...before, clusters: [...others, [clusterKey, changed] as const].slice(-MAX_CLUSTERS) });
}

/** Drops invalid parts. */
function parseStored(stored: unknown): StoredValues {
  const { values, clusters } = fieldsOf(stored);
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
