'use client';

import { useCallback, useState, useSyncExternalStore } from 'react';
import type { RegistrationGateway } from '@/lib/api/registration-options';
import {
  COMMAND_VALUES,
  type CommandValue,
  type CommandValues,
} from '@/lib/plane/agent-setup/command-values';
import type { SetupParameters } from '@/lib/plane/agent-setup/setup-link';
import {
  emptySetupMemory,
  readSetupMemory,
  rememberedValue,
  rememberValue,
  subscribeSetupMemory,
} from './setup-memory';

/** The values of the commands: typed here, else from the link, else what was used last, else what the control plane tells. */
export function useCommandValues(
  clusterKey: string,
  link: SetupParameters,
  gateway: RegistrationGateway | null,
): {
  readonly values: CommandValues;
  readonly setValue: (name: CommandValue, value: string) => void;
} {
  const memory = useSyncExternalStore(subscribeSetupMemory, readSetupMemory, emptySetupMemory);
  const [typed, setTyped] = useState<Partial<Record<CommandValue, string>>>({});
  const linked: Partial<Record<CommandValue, string | null>> = {
    chartVersion: link.version,
    gatewayUrl: link.url,
  };
  const current = (name: CommandValue): string => {
    const proposal = name === 'gatewayUrl' ? proposedUrl(gateway) : '';
    return typed[name] ?? linked[name] ?? (rememberedValue(memory, name, clusterKey) || proposal);
  };
  const values = Object.fromEntries(COMMAND_VALUES.map((name) => [name, current(name)])) as CommandValues;
  const setValue = useCallback(
    (name: CommandValue, value: string) => {
      setTyped((before) => ({ ...before, [name]: value }));
      // Only what was typed: whoever follows a link has not chosen what it proposes.
      rememberValue(name, value, clusterKey);
    },
    [clusterKey],
  );
  return { values, setValue };
}

/** An address that agents of other clusters can reach; one inside the control plane's own cluster is offered, not assumed. */
function proposedUrl(gateway: RegistrationGateway | null): string {
  return gateway?.urls.find(({ inCluster }) => !inCluster)?.url ?? '';
}
