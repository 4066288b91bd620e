'use client';

import { CommandContexts } from '@/components/plane/command-contexts';
import { CommandBlock } from '@/components/ui/command-block';
import type { FleetPlane } from '@/lib/api/fleet';
import { AGENT_DOCUMENTATION } from '@/lib/plane/agent-setup/agent-chart';
import { useAgentCommands } from './use-agent-commands';

/** The command that restarts the plane's agent, and what to do where its names are not known. */
export function RestartAgent({ plane, why }: { readonly plane: FleetPlane; readonly why: string }) {
  const { restart } = useAgentCommands(plane);
  return (
    <div>
      <p className="text-pretty">{why}</p>
      {restart === null ? (
        <p className="mt-1.5 text-pretty text-muted">
          What the agent's Deployment is called in this release is not known here: restart it as it was
          installed, with kubectl rollout restart.{' '}
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
          <CommandBlock command={restart} label="Restart the agent" missing={[]} wrap />
          <CommandContexts plane={plane} commands={[restart]} />
        </>
      )}
    </div>
  );
}
