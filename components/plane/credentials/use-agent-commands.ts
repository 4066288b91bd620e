'use client';

import { useSyncExternalStore } from 'react';
import type { FleetPlane } from '@/lib/api/fleet';
import { clusterKeyOf } from '@/lib/client/around/use-diagnosis';
import {
  emptyConnectMemory,
  readConnectMemory,
  rememberedValue,
  subscribeConnectMemory,
} from '@/lib/client/connect/connect-memory';
import { adviceCommand } from '@/lib/plane/connect/advice-commands';
import { agentSetup } from '@/lib/plane/connect/agent-setup';
import { connectCommands } from '@/lib/plane/connect/connect-commands';
import { kindOfName } from '@/lib/plane/kinds';
import { usePlanePage } from '../plane-page-context';

/** Commands for the plane's own cluster; null where the names in them are not known for this release. */
export interface AgentCommands {
  /** Prints what has to be registered, as PEM. */
  readonly printCa: string | null;
  readonly restart: string | null;
}

/** The commands that replacing an agent's certificate takes, with the context that this browser remembers. */
export function useAgentCommands(plane: FleetPlane): AgentCommands {
  const { features, controlPlaneNamespace } = usePlanePage();
  const memory = useSyncExternalStore(subscribeConnectMemory, readConnectMemory, emptyConnectMemory);
  const entry = kindOfName(plane.kind);
  if (!entry || agentSetup(features, plane.connection) !== 'commands')
    return { printCa: null, restart: null };
  const planeContext = rememberedValue(memory, 'planeContext', clusterKeyOf(plane));
  const steps = connectCommands({
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
