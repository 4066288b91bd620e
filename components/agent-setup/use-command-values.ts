'use client';

import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { type ClusterGateway, clusterGatewaySchema } from '@/lib/api/agent-setup';
import { getJson } from '@/lib/client/api/api-request';
import { retryAtMost } from '@/lib/client/api/query-client';
import {
  COMMAND_VALUES,
  type CommandValue,
  type CommandValues,
} from '@/lib/plane/agent-setup/command-values';
import type { SetupChoices } from '@/lib/plane/agent-setup/setup-choices';
import type { SetupParameters } from '@/lib/plane/agent-setup/setup-link';
import { paced } from '@/lib/plane/time/pace';
import { storeChoices, storeCommandValue, useStoredSetup } from './stored-command-values';

interface CommandValuesState {
  readonly values: CommandValues;
  readonly setValue: (name: CommandValue, value: string) => void;
  readonly choices: SetupChoices;
  readonly setChoices: (choices: SetupChoices) => void;
  /** The control plane's gateway; null while it's being read, or if it can't be read. */
  readonly gateway: ClusterGateway | null;
  readonly isReadingGateway: boolean;
  readonly gatewayError: Error | null;
}

/**
 * Returns the command values: typed here, else from the link, else last used, else from the control plane. Choices are
 * those last made for this plane.
 */
export function useCommandValues(clusterKey: string, link: SetupParameters): CommandValuesState {
  const { data, isPending, error } = useQuery(gatewayQuery());
  const gateway = data ?? null;
  const stored = useStoredSetup(clusterKey);
  const [typed, setTyped] = useState<Partial<Record<CommandValue, string>>>({});
  const [chosen, setChosen] = useState<SetupChoices | null>(null);
  const linked: Partial<Record<CommandValue, string | null>> = {
    chartVersion: link.version,
    gatewayUrl: link.url,
    ...link.settings,
  };
  const current = (name: CommandValue): string =>
    typed[name] ?? linked[name] ?? (stored.values[name] || proposal(name, gateway));
  const values = Object.fromEntries(COMMAND_VALUES.map((name) => [name, current(name)])) as CommandValues;
  const setValue = useCallback(
    (name: CommandValue, value: string) => {
      setTyped((before) => ({ ...before, [name]: value }));
      // Only typed values are stored: following a link doesn't mean choosing what it proposes.
      storeCommandValue(name, value, clusterKey);
    },
    [clusterKey],
  );
  const setChoices = useCallback(
    (choices: SetupChoices) => {
      setChosen(choices);
      storeChoices(choices, clusterKey);
    },
    [clusterKey],
  );
  return {
    values,
    setValue,
    choices: chosen ?? link.choices ?? stored.choices,
    setChoices,
    gateway,
    isReadingGateway: isPending,
    gatewayError: error,
  };
}

function proposal(name: CommandValue, gateway: ClusterGateway | null): string {
  switch (name) {
    case 'gatewayUrl':
      // Only what agents in other clusters can reach. In-cluster addresses are offered but not assumed.
      return gateway?.urls.find(({ inCluster }) => !inCluster)?.url ?? '';
    case 'chartVersion':
      return gateway?.chartVersion?.version ?? '';
    default:
      return '';
  }
}

/** Returns where charts are published, as configured, or null for the default of their release. */
export function useChartRepository(): string | null {
  return useQuery(gatewayQuery()).data?.chartRepository ?? null;
}

const STALE_MS = 60_000;
/** Limits the wait: without an answer, the commands are shown anyway, with one more command to run. */
const MAX_RETRIES = 2;

/** Reads the addresses of the control plane's gateway that agents connect to, and its certificate. */
function gatewayQuery() {
  return queryOptions({
    queryKey: ['registration', 'gateway'],
    queryFn: async ({ signal }) =>
      clusterGatewaySchema.parse(await getJson('/api/registrations/gateway', signal)),
    staleTime: paced(STALE_MS),
    retry: retryAtMost(MAX_RETRIES),
  });
}
