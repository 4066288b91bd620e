'use client';

import { useSyncExternalStore } from 'react';
import {
  emptySetupMemory,
  readSetupMemory,
  rememberedValue,
  subscribeSetupMemory,
} from '@/components/agent-setup/setup-memory';
import { clusterKeyOf } from '@/components/plane/diagnosis/use-diagnosis';
import { usePlanePage } from '@/components/plane/plane-page-context';
import type { FleetPlane } from '@/lib/api/fleet';
import { adviceCommand } from '@/lib/plane/agent-setup/advice-commands';
import { agentSetup } from '@/lib/plane/agent-setup/agent-setup';
import { setupCommands } from '@/lib/plane/agent-setup/setup-commands';
import { kindOfName } from '@/lib/plane/model/kinds';

/** Commands for the plane's own cluster; null where the names in them are not known for this release. */
export interface AgentCommands {
  /** Prints what has to be registered, as PEM. */
  readonly printCa: string | null;
  readonly restart: string | null;
}

/** The commands that replacing an agent's certificate takes, with the context that this browser remembers. */
export function useAgentCommands(plane: FleetPlane): AgentCommands {
  const { features, controlPlaneNamespace } = usePlanePage();
  const memory = useSyncExternalStore(subscribeSetupMemory, readSetupMemory, emptySetupMemory);
  const entry = kindOfName(plane.kind);
  if (!entry || agentSetup(features, plane.connection) !== 'commands')
    return { printCa: null, restart: null };
  const planeContext = rememberedValue(memory, 'planeContext', clusterKeyOf(plane));
  const steps = setupCommands({
    entry,
    planeID: plane.planeID ?? plane.name,
    values: { chartVersion: '', gatewayUrl: '', planeContext, controlPlaneContext: '' },
    gatewayCaPem: null,
  });
  return {
    printCa: steps.find(({ id }) => id === 'agent-ca')?.command ?? null,
    restart: adviceCommand('restart-agent', entry.role, {
      planeContext: planeContext || null,
      controlPlaneContext: null,
      controlPlaneNamespace,
    }),
  };
}
