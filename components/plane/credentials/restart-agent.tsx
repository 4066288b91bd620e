'use client';

import { useStoredCommandValues } from '@/components/agent-setup/stored-command-values';
import { CommandContexts, clusterKeyOf } from '@/components/plane/command-contexts';
import { usePlanePage } from '@/components/plane/plane-page-context';
import { CommandBlock } from '@/components/ui/command-block';
import type { FleetPlane } from '@/lib/api/fleet';
import { AGENT_DOCUMENTATION, agentSetup } from '@/lib/plane/agent-setup/agent-setup';
import { remedyCommand } from '@/lib/plane/agent-setup/remedy-commands';
import { printAgentCaCommand } from '@/lib/plane/agent-setup/setup-commands';
import { kindOfName } from '@/lib/plane/model/kinds';

/** The command that restarts the plane's agent, or instructions if this release's names aren't known. */
export function RestartAgent({ plane, why }: { readonly plane: FleetPlane; readonly why: string }) {
  const { restart } = useAgentCommands(plane);
  return (
    <div>
      <p className="text-pretty">{why}</p>
      {restart === null ? (
        <p className="mt-1.5 text-pretty text-muted">
          Planeboard doesn't know the name of the agent's Deployment in this release. Find the Deployment,
          then restart it with kubectl rollout restart.{' '}
          <a
            href={AGENT_DOCUMENTATION}
            target="_blank"
            rel="noreferrer"
            className="text-accent underline underline-offset-2"
          >
            Documentation
          </a>
        </p>
      ) : (
        <>
          <CommandContexts plane={plane} commands={[restart]} className="mt-2 mb-2" />
          <CommandBlock command={restart} label="Restart agent" wrap />
        </>
      )}
    </div>
  );
}

/** Commands for the plane's own cluster; null if this release's names aren't known. */
interface AgentCommands {
  /** Prints the CA to register, as PEM. */
  readonly printCa: string | null;
  readonly restart: string | null;
}

/** The commands for replacing an agent's certificate, with the kubectl context stored in this browser. */
export function useAgentCommands(plane: FleetPlane): AgentCommands {
  const { features, controlPlaneNamespace } = usePlanePage();
  const { planeContext } = useStoredCommandValues(clusterKeyOf(plane));
  const entry = kindOfName(plane.kind);
  if (!entry || agentSetup(features, plane.connection) !== 'commands')
    return { printCa: null, restart: null };
  return {
    printCa: printAgentCaCommand(entry.role, planeContext),
    restart: remedyCommand('restart-agent', entry.role, {
      planeContext: planeContext || null,
      controlPlaneContext: null,
      controlPlaneNamespace,
    }),
  };
}
